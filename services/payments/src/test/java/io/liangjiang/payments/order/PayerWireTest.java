package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.get;
import static io.liangjiang.payments.order.PaymentRequests.page;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.topUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.payer.Phones;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.WalletEntry;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever holds the phone pays: the citizen or a delegate, and the channel has to know them. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PayerWireTest {
  private static final String PREPAY = "prepay_id=";

  @Inject PaymentsCity city;
  @Inject Phones phones;
  @Inject Database database;

  private final UUID delegateId = UUID.randomUUID();

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    phones.beAway(false);
    city.requireZeroBooks();
  }

  @Test
  void theChannelIsToldThePayersOpenIdAndPaymentsForgetsIt() {
    city.channel.payAtOnce(false);
    PaymentOrder order = city.create(700);

    String number = numberOf(await(city.asPayer().payPaymentOrder(pay(order, sandbox()))));

    String openId = Phones.openIdOf(city.citizenId.toString());
    assertThat(city.channel.payerOpenIdOf(number)).isEqualTo(openId);
    assertThat(keptOpenIds(order)).containsExactly(openId);
    city.channel.pay(number);
    assertThat(reasonOf(city.asTourism().closePaymentOrder(PaymentRequests.close(order))))
        .isEqualTo("PAYMENT_ORDER_PAID");
    assertThat(keptOpenIds(order)).containsExactly("");
  }

  @Test
  void theDelegatesPhonePaysAndThePayerSeesWhoItWas() {
    city.channel.payAtOnce(false);
    PaymentOrder order = city.create(700);

    PaymentOrder answer = await(asDelegate().payPaymentOrder(pay(order, sandbox())));

    assertThat(city.channel.payerOpenIdOf(numberOf(answer)))
        .isEqualTo(Phones.openIdOf(delegateId.toString()));
    assertThat(answer.getDelegateCitizenId()).isEqualTo(delegateId.toString());
    assertThat(city.read(order).getDelegateCitizenId()).isEqualTo(delegateId.toString());
    assertThat(city.read(order).getPayerCitizenId()).isEqualTo(city.citizenId.toString());
    assertThat(await(city.asTourism().getPaymentOrder(get(order))).hasDelegateCitizenId())
        .isFalse();
    assertThat(await(city.asMerchant().getPaymentOrder(get(order))).hasDelegateCitizenId())
        .isFalse();
  }

  @Test
  void theStatementSaysWhichPaymentsADelegateMade() {
    city.fill(1_000);
    PaymentOrder first = city.create(300);
    PaymentOrder second = city.create(200);

    await(asDelegate().payPaymentOrder(pay(first, Channel.WALLET)));
    await(city.asPayer().payPaymentOrder(pay(second, Channel.WALLET)));

    List<WalletEntry> entries =
        await(city.mine().listMyWalletEntries(page(3, ""))).getEntriesList();
    assertThat(entries)
        .extracting(WalletEntry::getDelegateCitizenId)
        .containsExactly("", delegateId.toString(), "");
    assertThat(city.read(first).getDelegateCitizenId()).isEqualTo(delegateId.toString());
    assertThat(city.read(second).hasDelegateCitizenId()).isFalse();
  }

  @Test
  void thePayerWhoTakesOverFromADelegatePaysForThemselves() {
    city.fill(700);
    city.channel.payAtOnce(false);
    PaymentOrder order = city.create(700);
    await(asDelegate().payPaymentOrder(pay(order, sandbox())));

    PaymentOrder paid = await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(paid.getState()).isEqualTo(State.SUCCEEDED);
    assertThat(paid.hasDelegateCitizenId()).isFalse();
  }

  @Test
  void refusesAPhoneThatTheMiniProgramHasNeverSeen() {
    city.fill(700);
    phones.unlink(city.citizenId.toString());
    PaymentOrder order = city.create(700);

    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(order, sandbox()))))
        .isEqualTo("PAYER_NOT_LINKED");
    assertThat(reasonOf(city.mine().createTopUp(topUp(100)))).isEqualTo("PAYER_NOT_LINKED");

    assertThat(city.read(order).getState()).isEqualTo(State.CREATED);
    assertThat(keptOpenIds(order)).isEmpty();
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    assertThat(city.read(order).getState()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void whatIsPaidIsAnsweredWithoutAskingWhoPays() {
    PaymentOrder order = city.create(700);
    await(city.asPayer().payPaymentOrder(pay(order, sandbox())));
    phones.unlink(city.citizenId.toString());

    PaymentOrder again = await(city.asPayer().payPaymentOrder(pay(order, sandbox())));

    assertThat(again.getState()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void writesNothingWhileIdentityIsAway() {
    PaymentOrder order = city.create(700);
    phones.beAway(true);

    assertThat(reasonOf(city.asPayer().payPaymentOrder(pay(order, sandbox()))))
        .isEqualTo("IDENTITY_UNAVAILABLE");

    phones.beAway(false);
    assertThat(city.read(order).getState()).isEqualTo(State.CREATED);
    assertThat(keptOpenIds(order)).isEmpty();
  }

  private PaymentOrderService asDelegate() {
    var powers = List.of("payments.pay", "payments.read_records");
    return TestCalls.as(
        city.orders,
        TestTokens.acting(city.citizenId, delegateId, AssuranceLevel.REAL_NAME, powers));
  }

  private List<String> keptOpenIds(PaymentOrder order) {
    return await(
        database
            .client()
            .preparedQuery("select payer_open_id from channel_payment where payment_order_id = $1")
            .execute(Tuple.of(UUID.fromString(order.getPaymentOrderId())))
            .map(
                rows -> {
                  var all = new ArrayList<String>();
                  rows.forEach(row -> all.add(row.getString("payer_open_id")));
                  return all;
                }));
  }

  private static String numberOf(PaymentOrder pending) {
    assertThat(pending.getState()).isEqualTo(State.PENDING);
    return pending.getPayParametersOrThrow("package").substring(PREPAY.length());
  }

  private static Channel sandbox() {
    return Channel.SANDBOX_PAY;
  }
}
