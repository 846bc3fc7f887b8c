package io.liangjiang.sandbox.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.http.Constant;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.MediaType;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.model.Transaction.TradeStateEnum;
import io.liangjiang.sandbox.SandboxTestResource;
import io.liangjiang.sandbox.sealed.SealedCaller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of insurance and cash: the bureau and the channel end their parts each for itself. */
@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class MixedOrderTest {
  private static final String HOSPITAL = "H50010300001";
  private static final SealedCaller BUREAU =
      new SealedCaller("Insurance", "sandbox-insurance-key-for-development-only");

  private final String number = Merchant.newNumber();

  @ConfigProperty(name = "test.keys")
  String keys;

  private Merchant merchant;
  private String authorization = "";

  @BeforeEach
  void start() throws Exception {
    merchant = new Merchant(keys, RestAssured.port, "http://localhost:1/none");
  }

  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void bothPartsArePaidAtOnceAndTheBureauOwesItsPart() {
    Map<String, Object> order = order(split(10_000), 1_500);

    assertThat(states(place(order)))
        .isEqualTo("MIX_PAY_SUCCESS SELF_PAY_SUCCESS MED_INS_PAY_SUCCESS");
    assertThat(states(query())).isEqualTo("MIX_PAY_SUCCESS SELF_PAY_SUCCESS MED_INS_PAY_SUCCESS");
    assertThat(settlement()).isEqualTo("SETTLED");
    assertThat(merchant.query(cashNumber()).getTradeState()).isEqualTo(TradeStateEnum.SUCCESS);
    assertThat(states(place(order))).startsWith("MIX_PAY_SUCCESS");
  }

  @Test
  void theCashPartWaitsForItsMixedOrder() {
    prepay(1_500);

    assertThat(merchant.query(cashNumber()).getTradeState()).isEqualTo(TradeStateEnum.NOTPAY);
  }

  @Test
  void waitsForThePhoneWhenTold() {
    fault("payments", "MANUAL");
    place(order(split(10_000), 1_500));
    assertThat(states(query())).isEqualTo("MIX_PAY_CREATED SELF_PAY_CREATED MED_INS_PAY_CREATED");

    pay();

    assertThat(states(query())).startsWith("MIX_PAY_SUCCESS");
  }

  @Test
  void cashIsPaidThoughTheBureauDeclines() {
    fault("insurance", "DECLINE");
    place(order(split(10_000), 1_500));

    assertThat(states(query())).isEqualTo("MIX_PAY_FAIL SELF_PAY_SUCCESS MED_INS_PAY_FAIL");
    assertThat(settlement()).isEqualTo("DECLINED");
  }

  @Test
  void theBureauSettlesThoughThePhoneRefuses() {
    JsonPath split = split(10_000);
    Map<String, Object> order = order(split, 1_500);
    fault("payments", "DECLINE");
    place(order);

    assertThat(states(query())).isEqualTo("MIX_PAY_FAIL SELF_PAY_FAIL MED_INS_PAY_SUCCESS");
    assertThat(reverse()).isEqualTo("REVERSED");
    assertThat(reverse()).isEqualTo("REVERSED");
    assertThat(statement()).contains("SETTLEMENT 8500", "REVERSAL 8500");
  }

  @Test
  void aLateBureauIsAskedAgain() {
    fault("insurance", "SLOW");
    place(order(split(10_000), 1_500));
    assertThat(states(query())).isEqualTo("MIX_PAY_CREATED SELF_PAY_SUCCESS MED_INS_PAY_CREATED");

    given().delete("/faults");

    assertThat(states(query())).startsWith("MIX_PAY_SUCCESS");
  }

  @Test
  void whatTheBureauDidUnheardIsSettledAllTheSame() {
    Map<String, Object> order = order(split(10_000), 1_500);
    fault("insurance", "LOSE");
    place(order);
    assertThat(states(query())).contains("MED_INS_PAY_CREATED");
    assertThatThrownBy(this::settlement).isNotNull();

    given().delete("/faults");

    assertThat(settlement()).isEqualTo("SETTLED");
  }

  @Test
  void whatWasTakenBackBeforeIsNeverSettled() {
    fault("payments", "MANUAL");
    place(order(split(10_000), 1_500));

    assertThat(reverse()).isEqualTo("CANCELLED");
    pay();

    assertThat(states(query())).isEqualTo("MIX_PAY_FAIL SELF_PAY_SUCCESS MED_INS_PAY_FAIL");
    assertThat(settlement()).isEqualTo("CANCELLED");
  }

  @Test
  void doesNotReverseWhenToldToKeep() {
    place(order(split(10_000), 1_500));
    fault("insurance", "KEEP");

    Response refused = BUREAU.post("/insurance/settlements/" + number + "/reversal", "{}");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("REVERSAL_REFUSED");
  }

  @Test
  void refusesAmountsThatDoNotAddUp() {
    Map<String, Object> order = order(split(10_000), 1_500);
    order.put("total_fee", 10_001);
    refused(order, "INVALID_REQUEST");
    order.put("total_fee", 10_000);
    order.put("med_ins_cash_fee", 1_499);
    refused(order, "INVALID_REQUEST");
    order.put("med_ins_cash_fee", 1_500);
    order.put("med_ins_gov_fee", 5_999);
    order.put("med_ins_self_fee", 2_001);
    refused(order, "INVALID_REQUEST");
  }

  @Test
  void addsAndTakesOffCash() {
    JsonPath split = split(10_000);
    Map<String, Object> order = order(split, 1_500 + 800 - 300);
    order.put("total_fee", 10_800);
    order.put("cash_add_detail", List.of(Map.of("cash_add_fee", 800)));
    order.put("cash_reduce_detail", List.of(Map.of("cash_reduce_fee", 300)));

    assertThat(states(place(order))).startsWith("MIX_PAY_SUCCESS");
  }

  @Test
  void insuranceAloneNeedsNoCash() {
    JsonPath split = split(10_000, 80, 20, 0);
    Map<String, Object> order = fields(split);
    order.put("mix_pay_type", "INSURANCE_ONLY");

    assertThat(states(place(order))).isEqualTo("MIX_PAY_SUCCESS NO_SELF_PAY MED_INS_PAY_SUCCESS");
  }

  @Test
  void refusesWhatNobodyAllowed() {
    Response refused = BUREAU.post("/insurance/settlements", bill("AUTH0", 10_000));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getString("code")).isEqualTo("INVALID_AUTHORIZATION");
    assertThat(
            given()
                .contentType(ContentType.JSON)
                .body("{\"idNumber\":\"500103198501019999\"}")
                .post("/insurance/authorizations")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusesOtherContentUnderAUsedNumber() {
    split(10_000);

    Response other = BUREAU.post("/insurance/settlements", bill(allowed(60, 20, 5), 10_000));

    assertThat(other.statusCode()).isEqualTo(409);
  }

  @Test
  void refusesUnsignedRequests() {
    String nonce = "0123456789abcdef";
    assertThat(
            BUREAU
                .post("/insurance/settlements", "{}", nonce, SealedCaller.now(), "0".repeat(64))
                .statusCode())
        .isEqualTo(401);
  }

  private void pay() {
    given()
        .urlEncodingEnabled(false)
        .post("/mixedOrders/" + number + ":pay")
        .then()
        .statusCode(200);
  }

  private JsonPath split(long fen) {
    return split(fen, 60, 20, 5);
  }

  private JsonPath split(long fen, int gov, int account, int other) {
    String authorization = allowed(gov, account, other);
    Response answer = BUREAU.post("/insurance/settlements", bill(authorization, fen));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonPath split = answer.jsonPath();
    assertThat(split.getString("state")).isEqualTo("CREATED");
    this.authorization = authorization;
    return split;
  }

  private String bill(String authorization, long fen) {
    return """
    {"settlementNumber":"%s","payAuthNo":"%s","institution":"%s","totalFen":%d}\
    """
        .formatted(number, authorization, HOSPITAL, fen);
  }

  private static String allowed(int gov, int account, int other) {
    String id = given().get("/testPersons").jsonPath().getString("testPersons[0].idNumber");
    return given()
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "idNumber",
                id,
                "govPercent",
                gov,
                "accountPercent",
                account,
                "otherPercent",
                other))
        .post("/insurance/authorizations")
        .jsonPath()
        .getString("payAuthNo");
  }

  private Map<String, Object> order(JsonPath split, int cashFen) {
    Map<String, Object> order = fields(split);
    order.put("wechat_pay_cash_fee", cashFen);
    order.put("prepay_id", prepay(cashFen));
    return order;
  }

  private String prepay(int cashFen) {
    PrepayRequest request = merchant.order(cashNumber(), cashFen);
    request.setAttach("MED_INS");
    return merchant.prepay(request);
  }

  private Map<String, Object> fields(JsonPath split) {
    Map<String, Object> order = new TreeMap<>();
    order.put("mix_pay_type", "CASH_AND_INSURANCE");
    order.put("order_type", "REG_PAY");
    order.put("appid", Merchant.APP_ID);
    order.put("openid", merchant.payerOpenId());
    order.put("out_trade_no", number);
    order.put("serial_no", number);
    order.put("pay_order_id", split.getString("payOrderId"));
    order.put("pay_auth_no", authorization);
    order.put("city_id", "500100");
    order.put("med_inst_name", "重庆儿童医院");
    order.put("med_inst_no", HOSPITAL);
    order.put("med_ins_order_create_time", "2026-05-01T08:00:00+08:00");
    order.put("total_fee", split.getLong("totalFen"));
    order.put("med_ins_gov_fee", split.getLong("govFen"));
    order.put("med_ins_self_fee", split.getLong("selfFen"));
    order.put("med_ins_other_fee", split.getLong("otherFen"));
    order.put("med_ins_cash_fee", split.getLong("cashFen"));
    order.put("callback_url", "http://localhost:1/none");
    return order;
  }

  private String cashNumber() {
    return "C" + number.substring(1);
  }

  private Map<?, ?> place(Map<String, Object> order) {
    HttpHeaders headers = new HttpHeaders();
    headers.addHeader(Constant.CONTENT_TYPE, MediaType.APPLICATION_JSON.getValue());
    headers.addHeader(Constant.ACCEPT, MediaType.APPLICATION_JSON.getValue());
    String body = new Gson().toJson(order);
    return merchant
        .http()
        .post(
            headers,
            "https://api.mch.weixin.qq.com/v3/med-ins/orders",
            new JsonRequestBody.Builder().body(body).build(),
            Map.class)
        .getServiceResponse();
  }

  private Map<?, ?> query() {
    HttpHeaders headers = new HttpHeaders();
    headers.addHeader(Constant.ACCEPT, MediaType.APPLICATION_JSON.getValue());
    return merchant
        .http()
        .get(
            headers,
            "https://api.mch.weixin.qq.com/v3/med-ins/orders/out-trade-no/" + number,
            Map.class)
        .getServiceResponse();
  }

  private void refused(Map<String, Object> order, String code) {
    assertThatThrownBy(() -> place(order))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code));
  }

  private static String states(Map<?, ?> order) {
    return order.get("mix_pay_status")
        + " "
        + order.get("self_pay_status")
        + " "
        + order.get("med_ins_pay_status");
  }

  private String settlement() {
    return BUREAU.get("/insurance/settlements/" + number).jsonPath().getString("state");
  }

  private String reverse() {
    return BUREAU
        .post("/insurance/settlements/" + number + "/reversal", "{}")
        .jsonPath()
        .getString("state");
  }

  private List<String> statement() {
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
    List<Map<String, Object>> rows =
        BUREAU.get("/insurance/statements/" + today).jsonPath().getList("rows");
    return rows.stream()
        .filter(row -> number.equals(row.get("settlementNumber")))
        .map(row -> row.get("kind") + " " + row.get("fen"))
        .toList();
  }

  private static void fault(String field, String value) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of(field, value))
        .post("/faults")
        .then()
        .statusCode(200);
  }
}
