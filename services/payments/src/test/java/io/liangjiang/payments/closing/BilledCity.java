package io.liangjiang.payments.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CloseBusinessDayRequest;
import io.liangjiang.payments.v1.CombinedOrder;
import io.liangjiang.payments.v1.CombinedOrderService;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetBusinessDayRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.ImportBillsRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.ListReconciliationBreaksRequest;
import io.liangjiang.payments.v1.PayCombinedOrderRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Money;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A city with one real channel, whose day comes when the test says. */
@Dependent
class BilledCity {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @GrpcClient("self")
  PaymentOrderService orders;

  @GrpcClient("self")
  LedgerService ledger;

  @GrpcClient("self")
  ReconciliationService reconciliation;

  @GrpcClient("self")
  CombinedOrderService combinedOrders;

  @Inject ChannelPayments channelPayments;
  @Inject Database database;
  @Inject MutableClock clock;
  @Inject Pool pool;

  final UUID citizenId = UUID.randomUUID();
  final String citizen = TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME);

  /** It is noon of the day. */
  void noon(LocalDate day) {
    clock.set(day.atTime(12, 0).atZone(BusinessDate.ZONE).toInstant());
  }

  /** It is eleven o'clock of the next day, when bills are there. */
  void nextMorning(LocalDate day) {
    clock.set(day.plusDays(1).atTime(11, 0).atZone(BusinessDate.ZONE).toInstant());
  }

  PaymentOrderService asPayer() {
    return TestCalls.as(orders, citizen);
  }

  ReconciliationService asAuditor() {
    return TestCalls.as(reconciliation, TestTokens.staff("auditor", ""));
  }

  /** An order that the citizen has begun to pay through the channel. */
  PaymentOrder begin(long minor) {
    var order =
        await(
            TestCalls.as(orders, TestTokens.service("tourism"))
                .createPaymentOrder(
                    CreatePaymentOrderRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setPayerCitizenId(citizenId.toString())
                        .setMerchantId("wulong-tourism")
                        .setBusinessReference(UUID.randomUUID().toString())
                        .addLines(
                            PaymentOrder.Line.newBuilder()
                                .setDescription("天生三桥 门票")
                                .setQuantity(1)
                                .setAmount(cny(minor)))
                        .setExpireTime(
                            Timestamp.newBuilder()
                                .setSeconds(clock.instant().getEpochSecond() + 900))
                        .build()));
    return pay(order);
  }

  private PaymentOrder pay(PaymentOrder order) {
    return await(
        asPayer()
            .payPaymentOrder(
                PayPaymentOrderRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setPaymentOrderId(order.getPaymentOrderId())
                    .setChannel(Channel.WECHAT_PAY)
                    .build()));
  }

  /** An order paid through the channel; yields its out_trade_no. */
  String paid(Counterpart channel, long minor) {
    begin(minor);
    String number = channel.latestNumber();
    channel.says(number, "SUCCESS", minor);
    check(number);
    return number;
  }

  /** A combined order of two merchants that the citizen has begun to pay through the channel. */
  CombinedOrder beginCombined(long firstMinor, long secondMinor) {
    var request =
        CreateCombinedOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPayerCitizenId(citizenId.toString())
            .setBusinessReference(UUID.randomUUID().toString())
            .addParts(part("wulong-tourism", firstMinor))
            .addParts(part("nanchuan-tourism", secondMinor))
            .setExpireTime(
                Timestamp.newBuilder().setSeconds(clock.instant().getEpochSecond() + 900));
    CombinedOrder whole =
        await(
            TestCalls.as(combinedOrders, TestTokens.service("tourism"))
                .createCombinedOrder(request.build()));
    return await(
        TestCalls.as(combinedOrders, citizen)
            .payCombinedOrder(
                PayCombinedOrderRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setCombinedOrderId(whole.getCombinedOrderId())
                    .setChannel(Channel.WECHAT_PAY)
                    .build()));
  }

  private static CreateCombinedOrderRequest.Part part(String merchantId, long minor) {
    return CreateCombinedOrderRequest.Part.newBuilder()
        .setMerchantId(merchantId)
        .setBusinessReference(UUID.randomUUID().toString())
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("天生三桥 门票")
                .setQuantity(1)
                .setAmount(cny(minor)))
        .build();
  }

  /** Asks the channel what became of a payment, as the sweep does. */
  void check(String outTradeNo) {
    UUID id = ChannelPayment.idOf(outTradeNo);
    await(
        channelPayments
            .find(database.client(), id)
            .chain(found -> channelPayments.check(found.getFirst())));
  }

  PaymentOrder.State stateOf(PaymentOrder order) {
    return await(
            asPayer()
                .getPaymentOrder(
                    GetPaymentOrderRequest.newBuilder()
                        .setPaymentOrderId(order.getPaymentOrderId())
                        .build()))
        .getState();
  }

  /** Asks the database, which takes its time, until the order is there. */
  void awaitState(PaymentOrder order, PaymentOrder.State state) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (stateOf(order) != state) {
      assertThat(System.nanoTime()).as("%s", state).isLessThan(deadline);
    }
  }

  Refund refund(String orderId, long minor) {
    return await(asMerchant().refundPaymentOrder(refundRequest(orderId, minor)));
  }

  PaymentOrderService asMerchant() {
    return TestCalls.as(orders, TestTokens.staff("merchant", "wulong-tourism"));
  }

  RefundPaymentOrderRequest refundRequest(String orderId, long minor) {
    return RefundPaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPaymentOrderId(orderId)
        .setAmount(cny(minor))
        .setReason("rain")
        .build();
  }

  /** The bills come, and are matched. */
  BusinessDay importBills(Counterpart channel, BillFixture bills, LocalDate day) {
    bills.publish(channel.host());
    return importBills(day);
  }

  BusinessDay importBills(LocalDate day) {
    return await(asAuditor().importBills(importRequest(day)));
  }

  static ImportBillsRequest importRequest(LocalDate day) {
    return ImportBillsRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setBusinessDate(day.toString())
        .build();
  }

  static CloseBusinessDayRequest closeRequest(LocalDate day) {
    return CloseBusinessDayRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setBusinessDate(day.toString())
        .build();
  }

  BusinessDay day(LocalDate day) {
    return await(
        asAuditor()
            .getBusinessDay(
                GetBusinessDayRequest.newBuilder().setBusinessDate(day.toString()).build()));
  }

  /** Breaks of a day in a state; unspecified for all. */
  List<ReconciliationBreak> breaks(LocalDate day, ReconciliationBreak.State state) {
    return await(
            asAuditor()
                .listReconciliationBreaks(
                    ListReconciliationBreaksRequest.newBuilder()
                        .setBusinessDate(day.toString())
                        .setState(state)
                        .build()))
        .getBreaksList();
  }

  /** The one break of a day; there is no other, in whatever state. */
  ReconciliationBreak onlyBreak(LocalDate day) {
    var all = breaks(day, ReconciliationBreak.State.STATE_UNSPECIFIED);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  void requireNoBreaks(LocalDate day) {
    assertThat(breaks(day, ReconciliationBreak.State.STATE_UNSPECIFIED)).isEmpty();
  }

  static ResolveReconciliationBreakRequest resolveRequest(
      ReconciliationBreak open, Resolution resolution) {
    return ResolveReconciliationBreakRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setBreakId(open.getBreakId())
        .setResolution(resolution)
        .setNote("the channel confirmed it by phone")
        .build();
  }

  void requireZeroBooks() {
    var auditor = TestCalls.as(ledger, TestTokens.staff("auditor", ""));
    var balance = await(auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
    assertThat(balance.getSumMinor()).isZero();
    assertThat(balance.getBalancesMatchJournal()).isTrue();
  }

  /** Credits less debits of an account, 0 when there is none. */
  long balance(String code) {
    return await(
        pool.preparedQuery(
                "select coalesce(sum(credits_minor - debits_minor), 0)::bigint from account where"
                    + " code = $1")
            .execute(Tuple.of(code))
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  /** Waits until an account has that balance; what books it runs by itself. */
  void awaitBooked(String code, long minor) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (balance(code) != minor) {
      assertThat(System.nanoTime()).as(code).isLessThan(deadline);
    }
  }

  /** Whether no test has had this day, nor the next. */
  boolean isUntouched(LocalDate day) {
    return await(
        pool.preparedQuery(
                "select not exists (select from business_day where business_date between $1 and $1"
                    + " + 1) and not exists (select from transfer where (create_time at time zone"
                    + " 'Asia/Shanghai')::date between $1 and $1 + 1)")
            .execute(Tuple.of(day))
            .map(rows -> rows.iterator().next().getBoolean(0)));
  }

  /** A statement about a day, by somebody with a database console. */
  Uni<?> sql(String statement, LocalDate day) {
    return pool.preparedQuery(statement).execute(Tuple.of(day));
  }

  /** A statement about an order, by somebody with a database console. */
  Uni<?> sql(String statement, String orderId) {
    return pool.preparedQuery(statement).execute(Tuple.of(UUID.fromString(orderId)));
  }

  static Money cny(long minor) {
    return Money.newBuilder().setAmountMinor(minor).setCurrencyCode("CNY").build();
  }

  static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  static String reasonOf(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }
}
