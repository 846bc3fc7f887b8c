package io.liangjiang.payments.closing;

import static io.restassured.RestAssured.given;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.liangjiang.payments.channel.ScriptedChannel;
import io.liangjiang.payments.channel.ScriptedChannel.Request;
import io.liangjiang.payments.channel.TestMerchant;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The channel's own side: what its books say, and the call-backs it sends. */
final class Counterpart implements AutoCloseable {
  static final String CALLBACKS = "/channels/WECHAT_PAY/notifications";
  private static final String PREPAY = "POST /v3/pay/transactions/jsapi";
  private static final String QUERY = "GET /v3/pay/transactions/out-trade-no/";
  private static final String REFUND = "POST /v3/refund/domestic/refunds";
  private static final String QUERY_REFUND = "GET /v3/refund/domestic/refunds/";

  private final Gson gson = new Gson();
  private final TestMerchant merchant;
  private final ScriptedChannel host;

  Counterpart() {
    var config = ConfigProvider.getConfig();
    merchant = new TestMerchant(config.getValue("test.channel.keys", Path.class));
    host = new ScriptedChannel(merchant, config.getValue("test.channel.port", Integer.class));
    host.answer(PREPAY, 200, "{\"prepay_id\":\"wx2027\"}");
    host.answer(QUERY, 404, "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"-\"}");
    host.answer("GET /v3/bill/", 400, "{\"code\":\"NO_STATEMENT_EXIST\",\"message\":\"-\"}");
    giveBackAs("SUCCESS");
  }

  ScriptedChannel host() {
    return host;
  }

  TestMerchant merchant() {
    return merchant;
  }

  /** The out_trade_no of the latest prepayment. */
  String latestNumber() {
    return field(latest("/v3/pay/transactions/jsapi"), "out_trade_no");
  }

  /** The out_refund_no of the latest refund. */
  String latestRefund() {
    return field(latest("/v3/refund/domestic/refunds"), "out_refund_no");
  }

  /** How many refunds were asked for under different numbers. */
  long refundNumbers(String outTradeNo) {
    return host.requests().stream()
        .filter(r -> r.method().equals("POST") && r.uri().equals("/v3/refund/domestic/refunds"))
        .filter(r -> field(r, "out_trade_no").equals(outTradeNo))
        .map(r -> field(r, "out_refund_no"))
        .distinct()
        .count();
  }

  /** From now on the channel's books say this of a payment. */
  void says(String outTradeNo, String state, long minor) {
    host.answer(QUERY + outTradeNo, 200, transaction(outTradeNo, state, minor));
  }

  /** From now on the channel does not answer for a payment. */
  void isAwayFor(String outTradeNo) {
    host.answer(QUERY + outTradeNo, 500, "{\"code\":\"SYSTEM_ERROR\",\"message\":\"-\"}");
  }

  /** From now on refunds are answered with this state. */
  void giveBackAs(String state) {
    host.answer(REFUND, request -> refund(request, state));
  }

  /** From now on the channel's books say this of a refund. */
  void saysOfRefund(String outTradeNo, String outRefundNo, String state, long minor) {
    host.answer(QUERY_REFUND + outRefundNo, 200, refund(outTradeNo, outRefundNo, state, minor));
  }

  /** A call-back as the channel sends it of a payment. */
  String paid(String outTradeNo, long minor) {
    return merchant.callback(
        UUID.randomUUID().toString(),
        "TRANSACTION.SUCCESS",
        transaction(outTradeNo, "SUCCESS", minor));
  }

  /** A call-back as the channel sends it of a refund. */
  String givenBack(String outTradeNo, String outRefundNo) {
    return merchant.callback(
        UUID.randomUUID().toString(),
        "REFUND.SUCCESS",
        "{\"mchid\":\"%s\",\"out_trade_no\":\"%s\",\"out_refund_no\":\"%s\"}"
            .formatted(TestMerchant.ID, outTradeNo, outRefundNo));
  }

  /** Sends a call-back with the headers; yields the HTTP status. */
  static int send(String body, Map<String, String> headers) {
    return given()
        .headers(headers)
        .contentType("application/json")
        .body(body)
        .post(CALLBACKS)
        .statusCode();
  }

  @Override
  public void close() {
    host.close();
  }

  private Request latest(String uri) {
    return host.requests().stream()
        .filter(r -> r.method().equals("POST") && r.uri().equals(uri))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private String field(Request request, String name) {
    return gson.fromJson(request.body(), JsonObject.class).get(name).getAsString();
  }

  private String refund(Request request, String state) {
    JsonObject asked = gson.fromJson(request.body(), JsonObject.class);
    return refund(
        asked.get("out_trade_no").getAsString(),
        asked.get("out_refund_no").getAsString(),
        state,
        asked.getAsJsonObject("amount").get("refund").getAsLong());
  }

  private static String refund(String outTradeNo, String outRefundNo, String state, long minor) {
    return """
    {"out_refund_no":"%s","out_trade_no":"%s","status":"%s",\
    "amount":{"total":%d,"refund":%d,"currency":"CNY"}}\
    """
        .formatted(outRefundNo, outTradeNo, state, minor, minor);
  }

  private static String transaction(String outTradeNo, String state, long minor) {
    return """
    {"mchid":"%s","out_trade_no":"%s","trade_state":"%s","transaction_id":"4200%s",\
    "amount":{"total":%d,"currency":"CNY"}}\
    """
        .formatted(TestMerchant.ID, outTradeNo, state, outTradeNo, minor);
  }
}
