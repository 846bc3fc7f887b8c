package io.liangjiang.payments.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.PaymentChannel.ChannelOrder;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefundOrder;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import io.liangjiang.payments.channel.ScriptedChannel;
import io.liangjiang.payments.channel.ScriptedChannel.Request;
import io.liangjiang.payments.channel.TestMerchant;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeChatPayChannelTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String NUMBER = "6f9619ff8b86d011b42d00cf4fc964ff";
  private static final String PREPAY = "POST /v3/pay/transactions/jsapi";
  private static final String QUERY = "GET /v3/pay/transactions/out-trade-no/" + NUMBER;
  private static final String CLOSE = "POST /v3/pay/transactions/out-trade-no/" + NUMBER + "/close";
  private static final String REFUND = "POST /v3/refund/domestic/refunds";
  private static final String QUERY_REFUND = "GET /v3/refund/domestic/refunds/R1";

  private static TestMerchant merchant;

  private ScriptedChannel host;
  private WeChatPayCalls calls;
  private WeChatPayChannel channel;

  @BeforeAll
  static void makeKeys() {
    merchant = TestMerchant.create();
  }

  @AfterAll
  static void forgetKeys() {
    merchant = null;
  }

  @BeforeEach
  void start() {
    host = new ScriptedChannel(merchant, 0);
    WeChatPaySettings settings = settings(merchant.settings("wechat-pay", host.url()));
    MerchantAccount account =
        MerchantAccount.of(Channel.WECHAT_PAY, settings.wechatPay()).orElseThrow();
    var sdk = new WeChatPaySdk(account, Duration.ofSeconds(5), Duration.ofSeconds(20));
    calls = new WeChatPayCalls(Channel.WECHAT_PAY, sdk, settings.maxConcurrentCalls());
    channel = new WeChatPayChannel(account, sdk, calls);
  }

  @AfterEach
  void stop() {
    calls.close();
    host.close();
  }

  @Test
  void asksForMoneyAndSignsForThePhone() {
    host.answer(PREPAY, 200, "{\"prepay_id\":\"wx2026\"}");

    Map<String, String> parameters = await(channel.prepay(order())).payParameters();

    JsonObject sent = json(host.requests().getFirst());
    assertThat(sent.get("out_trade_no").getAsString()).isEqualTo(NUMBER);
    assertThat(sent.getAsJsonObject("amount").get("total").getAsInt()).isEqualTo(12_500);
    assertThat(sent.getAsJsonObject("payer").get("openid").getAsString()).isEqualTo("o_payer");
    assertThat(sent.get("time_expire").getAsString()).isEqualTo("2026-05-01T10:15:30+08:00");
    assertThat(sent.get("notify_url").getAsString())
        .isEqualTo("http://payments.test:9002/channels/WECHAT_PAY/notifications");
    assertThat(parameters)
        .containsEntry("appId", "wx0000000000000001")
        .containsEntry("package", "prepay_id=wx2026")
        .containsEntry("signType", "RSA");
    String signed =
        String.join(
            "\n",
            parameters.get("appId"),
            parameters.get("timeStamp"),
            parameters.get("nonceStr"),
            parameters.get("package"),
            "");
    assertThat(merchant.isSignedByMerchant(signed, parameters.get("paySign"))).isTrue();
  }

  @Test
  void aPrepaymentThatWasPaidMeanwhileLeavesNothingForThePhone() {
    host.answer(PREPAY, 400, "{\"code\":\"ORDERPAID\",\"message\":\"paid\"}");

    assertThat(await(channel.prepay(order())).payParameters()).isEmpty();
  }

  @Test
  void aClosedPrepaymentIsSaidToBeClosed() {
    host.answer(PREPAY, 400, "{\"code\":\"ORDER_CLOSED\",\"message\":\"closed\"}");

    refused(channel.prepay(order()), PaymentsReason.PAYMENT_ORDER_CLOSED);
  }

  @Test
  void anOrderThatTheChannelForbidsIsNotAllowed() {
    host.answer(PREPAY, 403, "{\"code\":\"NO_AUTH\",\"message\":\"no\"}");

    refused(channel.prepay(order()), PaymentsReason.CHANNEL_NOT_ALLOWED);
  }

  @Test
  void aLostAnswerIsAskedForOnceMoreWithANewSignature() {
    host.answer(PREPAY, 200, "{\"prepay_id\":\"wx2026\"}");
    host.cut(1);

    assertThat(await(channel.prepay(order())).payParameters()).hasSize(6);
    assertThat(host.requests()).hasSize(2);
  }

  @Test
  void aChannelThatClosedAllConnectionsIsCalledOverANewOne() {
    var bothAtOnce = new CyclicBarrier(2);
    host.answer(
        PREPAY,
        request -> {
          awaitOther(bothAtOnce);
          return "{\"prepay_id\":\"wx2026\"}";
        });
    await(Uni.join().all(channel.prepay(order()), channel.prepay(order())).andFailFast());
    int port = host.port();
    host.close();
    host = new ScriptedChannel(merchant, port);
    host.answer(PREPAY, 200, "{\"prepay_id\":\"wx2027\"}");

    assertThat(await(channel.prepay(order())).payParameters())
        .containsEntry("package", "prepay_id=wx2027");
  }

  private static void awaitOther(CyclicBarrier barrier) {
    try {
      barrier.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChannelThatStaysAwayIsUnavailable() {
    host.answer(QUERY, 200, transaction("SUCCESS"));
    host.cut(2);

    refused(channel.query(NUMBER), PaymentsReason.CHANNEL_UNAVAILABLE);
  }

  @Test
  void aChannelInTroubleIsUnavailable() {
    host.answer(QUERY, 500, "{\"code\":\"SYSTEM_ERROR\",\"message\":\"later\"}");

    refused(channel.query(NUMBER), PaymentsReason.CHANNEL_UNAVAILABLE);
  }

  @Test
  void anAnswerThatWasForgedIsNotBelieved() {
    host.answer(QUERY, 200, transaction("NOTPAY"));
    host.forge(transaction("SUCCESS"));

    refused(channel.query(NUMBER), PaymentsReason.CHANNEL_UNAVAILABLE);
  }

  @Test
  void anAnswerAboutAnotherPaymentIsNotBelieved() {
    host.answer(QUERY, 200, transaction("SUCCESS").replace(NUMBER, "other"));

    refused(channel.query(NUMBER), PaymentsReason.CHANNEL_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCESS,SUCCESS",
    "REFUND,SUCCESS",
    "NOTPAY,NOT_PAID",
    "USERPAYING,NOT_PAID",
    "CLOSED,CLOSED",
    "REVOKED,CLOSED",
    "PAYERROR,FAILED"
  })
  void tellsTheStatesOfAPayment(String said, TransactionState state) {
    host.answer(QUERY, 200, transaction(said));

    assertThat(await(channel.query(NUMBER)))
        .isEqualTo(
            new ChannelTransaction(
                Channel.WECHAT_PAY,
                NUMBER,
                state,
                12_500,
                state == TransactionState.SUCCESS ? "4200001" : ""));
  }

  @Test
  void aPaymentNobodyHeardOfIsUnknown() {
    host.answer(QUERY, 404, "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"-\"}");

    assertThat(await(channel.query(NUMBER)).state()).isEqualTo(TransactionState.UNKNOWN);
  }

  @Test
  void closesWhatIsOpenPaidOrClosed() {
    host.answer(CLOSE, 204, "");
    await(channel.close(NUMBER));
    host.answer(CLOSE, 400, "{\"code\":\"ORDERPAID\",\"message\":\"-\"}");
    await(channel.close(NUMBER));
    host.answer(CLOSE, 400, "{\"code\":\"ORDER_CLOSED\",\"message\":\"-\"}");
    await(channel.close(NUMBER));

    assertThat(host.requests()).hasSize(3);
    host.answer(CLOSE, 500, "{\"code\":\"SYSTEM_ERROR\",\"message\":\"-\"}");
    refused(channel.close(NUMBER), PaymentsReason.CHANNEL_UNAVAILABLE);
  }

  @Test
  void givesMoneyBack() {
    host.answer(REFUND, 200, refund("PROCESSING"));

    ChannelRefund refund = await(channel.refund(refundOrder()));

    JsonObject sent = json(host.requests().getFirst());
    assertThat(sent.get("out_refund_no").getAsString()).isEqualTo("R1");
    assertThat(sent.getAsJsonObject("amount").get("refund").getAsLong()).isEqualTo(300);
    assertThat(sent.getAsJsonObject("amount").get("total").getAsLong()).isEqualTo(12_500);
    assertThat(refund)
        .isEqualTo(
            new ChannelRefund(Channel.WECHAT_PAY, "R1", NUMBER, RefundState.PROCESSING, 300));
  }

  @Test
  void aRefundThatTheChannelRefusesForGoodIsClosed() {
    host.answer(REFUND, 400, "{\"code\":\"INVALID_REQUEST\",\"message\":\"-\"}");
    host.answer(QUERY_REFUND, 404, "{\"code\":\"RESOURCE_NOT_EXISTS\",\"message\":\"-\"}");

    assertThat(await(channel.refund(refundOrder())).state()).isEqualTo(RefundState.CLOSED);
  }

  @Test
  void aRefundThatTheChannelHasAlreadyIsThatOne() {
    host.answer(REFUND, 400, "{\"code\":\"INVALID_REQUEST\",\"message\":\"-\"}");
    host.answer(QUERY_REFUND, 200, refund("SUCCESS"));

    assertThat(await(channel.refund(refundOrder())).state()).isEqualTo(RefundState.SUCCESS);
  }

  @Test
  void aRefundNobodyHeardOfIsUnknown() {
    host.answer(QUERY_REFUND, 404, "{\"code\":\"RESOURCE_NOT_EXISTS\",\"message\":\"-\"}");

    assertThat(await(channel.queryRefund("R1")).state()).isEqualTo(RefundState.UNKNOWN);
  }

  @Test
  void saysWhichSettingIsMissing() {
    Map<String, String> settings = merchant.settings("wechat-pay", host.url());
    settings.remove("liangjiang.channel.wechat-pay.api-v3-key");
    WeChatPaySettings incomplete = settings(settings);

    assertThatThrownBy(() -> MerchantAccount.of(Channel.WECHAT_PAY, incomplete.wechatPay()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LIANGJIANG_CHANNEL_WECHAT_PAY_API_V3_KEY");
    assertThat(MerchantAccount.of(Channel.SANDBOX_PAY, incomplete.sandboxPay())).isEmpty();
  }

  private static WeChatPaySettings settings(Map<String, String> values) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(WeChatPaySettings.class)
            .withDefaultValues(values)
            .build();
    return config.getConfigMapping(WeChatPaySettings.class);
  }

  private static ChannelOrder order() {
    return new ChannelOrder(
        NUMBER, "武隆天生三桥", 12_500, "o_payer", false, Instant.parse("2026-05-01T02:15:30.5Z"));
  }

  private static ChannelRefundOrder refundOrder() {
    return new ChannelRefundOrder(NUMBER, "R1", 12_500, 300, "changed plans");
  }

  private static String transaction(String state) {
    return """
    {"mchid":"1900000109","out_trade_no":"%s","trade_state":"%s","transaction_id":"4200001",\
    "amount":{"total":12500,"currency":"CNY"}}\
    """
        .formatted(NUMBER, state);
  }

  private static String refund(String status) {
    return """
    {"refund_id":"5000001","out_refund_no":"R1","out_trade_no":"%s","status":"%s",\
    "amount":{"total":12500,"refund":300,"currency":"CNY"}}\
    """
        .formatted(NUMBER, status);
  }

  private static JsonObject json(Request request) {
    return new Gson().fromJson(request.body(), JsonObject.class);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }

  private static void refused(Uni<?> uni, PaymentsReason reason) {
    assertThatThrownBy(() -> await(uni))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
