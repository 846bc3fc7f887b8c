package io.liangjiang.payments.channel.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import io.liangjiang.payments.channel.ScriptedChannel;
import io.liangjiang.payments.channel.TestMerchant;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Call-backs over HTTP into a real inbox; the channel they come from is scripted. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = NotificationTestResource.class, restrictToAnnotatedClass = true)
class NotificationRouteTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PATH = "/channels/WECHAT_PAY/notifications";

  @Inject RecordingListener listener;
  @Inject InstantSource clock;
  @Inject Pool pool;

  private TestMerchant merchant;
  private ScriptedChannel channel;
  private String number;

  @BeforeEach
  void start() {
    merchant = new TestMerchant(setting("test.channel.keys", Path.class));
    channel = new ScriptedChannel(merchant, setting("test.channel.port", Integer.class));
    number = "T-" + UUID.randomUUID().toString().substring(0, 18);
  }

  @AfterEach
  void stop() {
    listener.fail(0);
    channel.close();
  }

  @Test
  void tellsWhatTheChannelItselfSaysNotWhatTheCallbackSays() {
    channelSays("SUCCESS", 12_500);

    Response response = send(callback("TRANSACTION.SUCCESS", transaction("SUCCESS", 99_999)));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(listener.next())
        .isEqualTo(
            new ChannelTransaction(
                Channel.WECHAT_PAY, number, TransactionState.SUCCESS, 12_500, "4200001"));
    awaitProcessed(1);
  }

  @Test
  void theSameCallbackTwiceIsToldOnce() {
    channelSays("SUCCESS", 12_500);
    String body = callback("TRANSACTION.SUCCESS", transaction("SUCCESS", 12_500));

    assertThat(send(body).statusCode()).isEqualTo(204);
    assertThat(send(body).statusCode()).isEqualTo(204);

    assertThat(((ChannelTransaction) listener.next()).outTradeNo()).isEqualTo(number);
    awaitProcessed(1);
    assertThat(listener.waiting()).isZero();
  }

  @Test
  void aRefundIsToldAsTheChannelHasIt() {
    channel.answer(
        "GET /v3/refund/domestic/refunds/" + number,
        200,
        """
        {"out_refund_no":"%s","out_trade_no":"T-paid","status":"SUCCESS",\
        "amount":{"total":1000,"refund":300,"currency":"CNY"}}\
        """
            .formatted(number));

    send(
        callback(
            "REFUND.SUCCESS",
            "{\"mchid\":\"%s\",\"out_refund_no\":\"%s\"}".formatted(TestMerchant.ID, number)));

    assertThat(listener.next())
        .isEqualTo(
            new ChannelRefund(Channel.WECHAT_PAY, number, "T-paid", RefundState.SUCCESS, 300));
  }

  @Test
  void aRefundThatIsNotOursIsDoneWithAtOnce() {
    number = UUID.randomUUID().toString().replace("-", "");
    channel.answer(
        "GET /v3/refund/domestic/refunds/" + number,
        200,
        """
        {"out_refund_no":"%s","out_trade_no":"T-paid","status":"SUCCESS",\
        "amount":{"total":1000,"refund":300,"currency":"CNY"}}\
        """
            .formatted(number));

    send(
        callback(
            "REFUND.SUCCESS",
            "{\"mchid\":\"%s\",\"out_refund_no\":\"%s\"}".formatted(TestMerchant.ID, number)));

    awaitProcessed(1);
    assertThat(((ChannelRefund) listener.next()).outRefundNo()).isEqualTo(number);
  }

  @Test
  void whatAListenerCouldNotTakeIsToldAgain() {
    channelSays("SUCCESS", 12_500);
    listener.fail(2);

    send(callback("TRANSACTION.SUCCESS", transaction("SUCCESS", 12_500)));

    assertThat(((ChannelTransaction) listener.next()).outTradeNo()).isEqualTo(number);
    awaitProcessed(3);
  }

  @Test
  void aCallbackThatTheChannelDoesNotConfirmYetWaits() {
    channelSays("NOTPAY", 12_500);
    send(callback("TRANSACTION.SUCCESS", transaction("SUCCESS", 12_500)));
    awaitAttempts(1);
    assertThat(listener.waiting()).isZero();

    channelSays("SUCCESS", 12_500);

    assertThat(((ChannelTransaction) listener.next()).state()).isEqualTo(TransactionState.SUCCESS);
  }

  @Test
  void refusesACallbackThatIsNotTheChannels() {
    String body = callback("TRANSACTION.SUCCESS", transaction("SUCCESS", 12_500));
    long now = clock.instant().getEpochSecond();
    Map<String, String> headers = merchant.headers(body, now);

    assertThat(post(PATH, headers, body + " ").statusCode()).isEqualTo(401);
    assertThat(post(PATH, Map.of(), body).statusCode()).isEqualTo(401);
    assertThat(post(PATH, merchant.headers("{}", now), "{}").statusCode()).isEqualTo(401);
    assertThat(post(PATH, merchant.headers(body, now - 301), body).statusCode()).isEqualTo(401);
    assertThat(post("/channels/SANDBOX_PAY/notifications", headers, body).statusCode())
        .isEqualTo(404);
    assertThat(post("/channels/NONE/notifications", headers, body).statusCode()).isEqualTo(404);
    assertThat(rows()).isZero();
  }

  @Test
  void refusesACallbackForAnotherMerchant() {
    String body =
        callback(
            "TRANSACTION.SUCCESS",
            transaction("SUCCESS", 12_500).replace(TestMerchant.ID, "1900000999"));

    assertThat(send(body).statusCode()).isEqualTo(401);
  }

  @Test
  void keepsWhatNobodyAskedForAndTellsNobody() {
    Response response =
        send(
            callback(
                "PAYSCORE.USER_OPEN_SERVICE", "{\"mchid\":\"%s\"}".formatted(TestMerchant.ID)));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(listener.waiting()).isZero();
  }

  /** Read here: an injected setting would have to be there for every other test of the module. */
  private static <T> T setting(String name, Class<T> type) {
    return ConfigProvider.getConfig().getValue(name, type);
  }

  private void channelSays(String state, int fen) {
    channel.answer("GET /v3/pay/transactions/out-trade-no/" + number, 200, transaction(state, fen));
  }

  private String transaction(String state, int fen) {
    return """
    {"mchid":"%s","out_trade_no":"%s","trade_state":"%s","transaction_id":"4200001",\
    "amount":{"total":%d,"currency":"CNY"}}\
    """
        .formatted(TestMerchant.ID, number, state, fen);
  }

  private String callback(String eventType, String content) {
    return merchant.callback(UUID.randomUUID().toString(), eventType, content);
  }

  private Response send(String body) {
    return post(PATH, merchant.headers(body, clock.instant().getEpochSecond()), body);
  }

  private static Response post(String path, Map<String, String> headers, String body) {
    return given().headers(headers).contentType("application/json").body(body).post(path);
  }

  private long rows() {
    return count("select count(*) from channel_notification where subject = $1");
  }

  private void awaitProcessed(int attempts) {
    awaitOne(
        "select count(*) from channel_notification where subject = $1"
            + " and process_time is not null and attempts = "
            + attempts);
  }

  private void awaitAttempts(int attempts) {
    awaitOne(
        "select count(*) from channel_notification where subject = $1 and attempts >= " + attempts);
  }

  /** Asks the database, which takes its time, until the row is there. */
  private void awaitOne(String sql) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (count(sql) != 1) {
      assertThat(System.nanoTime()).as(sql).isLessThan(deadline);
    }
  }

  private long count(String sql) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(number))
        .map(rows -> rows.iterator().next().getLong(0))
        .await()
        .atMost(LIMIT);
  }
}
