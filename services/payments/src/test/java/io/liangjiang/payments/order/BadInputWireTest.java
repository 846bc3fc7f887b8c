package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static io.liangjiang.payments.order.PaymentRequests.topUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.Money;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What nobody should send: each is a clear refusal with a stable reason, and nothing is written. A
 * call-back under a wrong serial is in {@code ChannelFaultsTest}.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class BadInputWireTest {
  private static final String TEN_KILOBYTES = "k".repeat(10_000);
  private static final String TABLES =
      """
      select (select count(*) from transfer) + (select count(*) from payment_order)
        + (select count(*) from channel_payment) + (select count(*) from refund)
        + (select count(*) from account) + (select count(*) from charge)
      """;

  @Inject PaymentsCity city;
  @Inject Database database;

  private LedgerService ledger;
  private Account bank;
  private Account shop;
  private long rowsBefore;

  @BeforeEach
  void open() {
    city.calm();
    ledger = TestCalls.as(city.ledger, city.tourism);
    bank = open("bad-input/bank/");
    shop = open("bad-input/shop/");
    city.fill(1_000);
    rowsBefore = rows();
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(rows()).isEqualTo(rowsBefore);
    assertThat(city.balance()).isEqualTo(1_000);
    city.requireZeroBooks();
  }

  @Test
  void amountsThatAreNone() {
    Stream.of(0L, -1L, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE)
        .forEach(
            minor -> {
              assertThat(reasonOf(ledger.createTransfer(transfer(cny(minor)))))
                  .isEqualTo("INVALID_AMOUNT");
              assertThat(reasonOf(city.mine().createTopUp(topUp(minor))))
                  .isEqualTo("INVALID_AMOUNT");
              assertThat(reasonOf(city.asTransit().createCharge(city.charge(minor))))
                  .isEqualTo("INVALID_AMOUNT");
            });
    Stream.of(-1L, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE)
        .forEach(
            minor ->
                assertThat(reasonOf(city.asTourism().createPaymentOrder(city.request(minor))))
                    .isEqualTo("INVALID_AMOUNT"));
  }

  @Test
  void linesWhoseSumIsNoAmount() {
    var order = city.request(1_000);
    assertThat(reasonOf(city.asTourism().createPaymentOrder(with(order, 1_000))))
        .isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(city.asTourism().createPaymentOrder(with(order, 1_001))))
        .isEqualTo("INVALID_AMOUNT");
  }

  private static CreatePaymentOrderRequest with(CreatePaymentOrderRequest order, long reduction) {
    return order.toBuilder()
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("减免")
                .setQuantity(1)
                .setAmount(cny(reduction))
                .setKind(PaymentOrder.LineKind.REDUCTION))
        .build();
  }

  @Test
  void moneyOfAnotherCountry() {
    var dollars = Money.newBuilder().setAmountMinor(5).setCurrencyCode("USD").build();

    assertThat(reasonOf(ledger.createTransfer(transfer(dollars)))).isEqualTo("CURRENCY_MISMATCH");
    assertThat(reasonOf(city.mine().createTopUp(topUp(5).toBuilder().setAmount(dollars).build())))
        .isEqualTo("CURRENCY_MISMATCH");
  }

  @Test
  void keysAndTextsOfTenKilobytes() {
    assertThat(
            reasonOf(
                ledger.createTransfer(
                    transfer(cny(5)).toBuilder().setRequestId(TEN_KILOBYTES).build())))
        .isEqualTo("INVALID_REQUEST_ID");
    assertThat(
            reasonOf(
                city.asTourism()
                    .createPaymentOrder(
                        city.request(5).toBuilder().setBusinessReference(TEN_KILOBYTES).build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reasonOf(ledger.createAccount(account("x").toBuilder().setCode(TEN_KILOBYTES).build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reasonOf(
                city.asTransit()
                    .createCharge(city.charge(5).toBuilder().setMerchantId(TEN_KILOBYTES).build())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void accountsThatCannotTakePart() {
    var own = transfer(cny(5)).toBuilder().setCreditAccountId(bank.getAccountId()).build();
    assertThat(reasonOf(ledger.createTransfer(own))).isEqualTo("SAME_ACCOUNT");
  }

  @Test
  void waysOfPayingThatAreNone() {
    var topUp = topUp(5).toBuilder();
    Stream.of(Channel.CHANNEL_UNSPECIFIED, Channel.WALLET, Channel.MEDICAL_INSURANCE)
        .forEach(
            channel ->
                assertThat(reasonOf(city.mine().createTopUp(topUp.setChannel(channel).build())))
                    .isEqualTo("CHANNEL_NOT_ALLOWED"));
  }

  @Test
  void moreBackThanWasPaid() {
    PaymentOrder order = city.create(1_000);
    rowsBefore = rows();
    assertThat(reasonOf(city.asMerchant().refundPaymentOrder(refund(order, 1))))
        .isEqualTo("PAYMENT_ORDER_NOT_PAID");
    assertThat(rows()).isEqualTo(rowsBefore);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    rowsBefore = rows();

    assertThat(reasonOf(city.asMerchant().refundPaymentOrder(refund(order, 1_001))))
        .isEqualTo("REFUND_EXCEEDS_PAYMENT");
    assertThat(rows()).isEqualTo(rowsBefore);

    await(city.asMerchant().refundPaymentOrder(refund(order, 0)));
    rowsBefore = rows();
  }

  private long rows() {
    return await(
        database.client().query(TABLES).execute().map(rows -> rows.iterator().next().getLong(0)));
  }

  private CreateTransferRequest transfer(Money amount) {
    return CreateTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setDebitAccountId(bank.getAccountId())
        .setCreditAccountId(shop.getAccountId())
        .setAmount(amount)
        .build();
  }

  private Account open(String prefix) {
    return await(ledger.createAccount(account(prefix + UUID.randomUUID())));
  }

  private static CreateAccountRequest account(String code) {
    return CreateAccountRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setCode(code)
        .setKind(Account.Kind.ASSET)
        .setCurrencyCode("CNY")
        .build();
  }
}
