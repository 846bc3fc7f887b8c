package io.liangjiang.payments.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.test.personal.PersonalDataContract;
import io.liangjiang.platform.test.personal.PersonalTables;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ErasureHold;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.PersonalDataItem;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PersonalDataTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MERCHANT = "wulong-tourism";

  @GrpcClient("self")
  PersonalDataService self;

  @GrpcClient("self")
  PaymentOrderService orders;

  @GrpcClient("self")
  AccessRecordService records;

  @Inject PersonalTables tables;
  @Inject Pool pool;

  private final UUID citizen = UUID.randomUUID();
  private final UUID order = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }

  private void run(String sql, Object... parameters) {
    await(pool.preparedQuery(sql).execute(Tuple.from(List.of(parameters))));
  }

  private long count(String sql, Object... parameters) {
    return await(pool.preparedQuery(sql).execute(Tuple.from(List.of(parameters))))
        .iterator()
        .next()
        .getLong(0);
  }

  private void order(int state) {
    run(
        "insert into payment_order (payment_order_id, payer_citizen_id, merchant_id, created_by,"
            + " business_reference, lines, amount_minor, state, create_time, expire_time)"
            + " values ($1, $2, 'wulong-tourism', 'tourism', 'trip', '[]', 100, $3, now(),"
            + " now() + interval '1 day')",
        order,
        citizen,
        (short) state);
  }

  private void paidThroughAChannel() {
    run(
        "insert into channel_payment (channel_payment_id, payment_order_id, payer_citizen_id,"
            + " channel, description, amount_minor, state, pay_parameters, create_time,"
            + " expire_time, check_time)"
            + " values ($1, $2, $3, 1, 'ticket', 100, 2, '{\"openid\": \"o-secret\"}', now(),"
            + " now(), now())",
        payment,
        order,
        citizen);
    run(
        "insert into channel_notification (channel, notification_id, kind, event_type, subject,"
            + " content, receive_time, process_time)"
            + " values ('test', $1::text, 'TRANSACTION', 'paid', replace($1::text, '-', ''),"
            + " '{\"openid\": \"o-secret\"}', now(), now())",
        payment.toString());
  }

  @Test
  void namesEveryTableWithPersonalData() {
    assertThat(tables.unnamed()).isEmpty();
  }

  @Test
  void answersAsEveryServiceDoes() {
    new PersonalDataContract(self).check();
  }

  @Test
  void keepsTheAmountsAndLosesThePerson() {
    order(3);
    paidThroughAChannel();
    var contract = new PersonalDataContract(self);
    assertThat(contract.export(citizen))
        .extracting(PersonalDataItem::getDataKind)
        .contains("payment-order", "channel-payment", "channel-notification");
    var answer = contract.erase(citizen, UUID.randomUUID());
    assertThat(answer.getHoldsList())
        .extracting(ErasureHold::getDataKind)
        .contains("payment-order", "channel-payment");
    assertThat(
            count(
                "select count(*) from channel_payment where channel_payment_id = $1"
                    + " and amount_minor = 100 and pay_parameters = '{}'",
                payment))
        .isEqualTo(1);
    assertThat(
            count(
                "select count(*) from channel_notification where notification_id = $1"
                    + " and content = ''",
                payment.toString()))
        .isEqualTo(1);
  }

  @Test
  void theDelegateFindsWhatTheyPaidAndNothingOfThePayer() {
    UUID delegate = UUID.randomUUID();
    order(3);
    var contract = new PersonalDataContract(self);
    run(
        "update payment_order set delegate_citizen_id = $2, pay_time = now()"
            + " where payment_order_id = $1",
        order,
        delegate);

    var items =
        contract.export(delegate).stream()
            .filter(item -> !item.getDataKind().equals("access-record"))
            .toList();

    assertThat(items)
        .singleElement()
        .extracting(PersonalDataItem::getDataKind)
        .isEqualTo("payment-for-another");
    assertThat(items.getFirst().getJson())
        .contains(order.toString(), MERCHANT)
        .doesNotContain(citizen.toString(), "trip");
    assertThat(contract.blockers(delegate)).isEmpty();
  }

  @Test
  void erasesNothingWhileAnOrderIsOpen() {
    order(1);
    var contract = new PersonalDataContract(self);
    assertThat(contract.blockers(citizen)).containsExactly("PAYMENT_ORDER_OPEN");
    assertThat(contract.refusal(citizen)).isEqualTo("ERASURE_BLOCKED");
    run("update payment_order set state = 4 where payment_order_id = $1", order);
    assertThat(contract.blockers(citizen)).isEmpty();
  }

  @Test
  void theCitizenSeesThatTheMerchantLooked() {
    order(3);
    var merchant = TestCalls.as(orders, TestTokens.staff("merchant", MERCHANT));
    await(
        merchant.getPaymentOrder(
            GetPaymentOrderRequest.newBuilder().setPaymentOrderId(order.toString()).build()));
    var mine = TestCalls.as(records, TestTokens.citizen(citizen, AssuranceLevel.BASIC));
    var found = await(mine.listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()));
    assertThat(found.getAccessRecordsList())
        .extracting(AccessRecord::getDataKind, AccessRecord::getResourceId)
        .containsExactly(tuple("payment-order", order.toString()));
  }
}
