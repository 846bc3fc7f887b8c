package io.liangjiang.sandbox.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.model.Transaction.TradeStateEnum;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import com.wechat.pay.java.service.refund.model.Status;
import io.liangjiang.sandbox.MutableClock;
import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class PaymentChannelTest {
  @ConfigProperty(name = "test.keys")
  String keys;

  @Inject MutableClock clock;

  private CallbackReceiver receiver;
  private Merchant merchant;

  @BeforeEach
  void start() throws Exception {
    receiver = new CallbackReceiver();
    merchant = new Merchant(keys, RestAssured.port, receiver.url());
  }

  @AfterEach
  void stop() {
    clock.reset();
    given().delete("/faults").then().statusCode(200);
    receiver.close();
  }

  @Test
  void thePhonePaysAtOnceAndTheMerchantIsTold() {
    String number = Merchant.newNumber();

    String prepayId = merchant.prepay(number, 12_500);

    assertThat(prepayId).startsWith("wx");
    Transaction queried = merchant.query(number);
    assertThat(queried.getTradeState()).isEqualTo(TradeStateEnum.SUCCESS);
    assertThat(queried.getAmount().getTotal()).isEqualTo(12_500);
    assertThat(queried.getPayer().getOpenid()).isEqualTo(merchant.payerOpenId());
    Transaction told = merchant.callbackParser().parse(receiver.next(), Transaction.class);
    assertThat(told.getOutTradeNo()).isEqualTo(number);
    assertThat(told.getTransactionId()).isEqualTo(queried.getTransactionId()).hasSize(28);
    assertThat(told.getSuccessTime()).endsWith("+08:00");
  }

  @Test
  void theSameOrderTwiceIsOnePrepay() {
    fault("{\"payments\":\"MANUAL\"}");
    String number = Merchant.newNumber();
    String first = merchant.prepay(number, 100);

    PrepayRequest longer = merchant.order(number, 100);
    longer.setTimeExpire(OffsetDateTime.now(ZoneOffset.ofHours(8)).plusHours(1).toString());

    assertThat(merchant.prepay(number, 100)).isEqualTo(first);
    assertThat(merchant.prepay(longer)).isEqualTo(first);
    refused(() -> merchant.prepay(number, 200), 403, "OUT_TRADE_NO_USED");
  }

  @Test
  void aPaidOrderIsNotPaidAgain() {
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);

    refused(() -> merchant.prepay(number, 100), 400, "ORDERPAID");
    refused(() -> merchant.close(number), 400, "ORDERPAID");
  }

  @Test
  void aClosedOrderIsNotPaid() {
    fault("{\"payments\":\"MANUAL\"}");
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);

    merchant.close(number);
    merchant.close(number);

    assertThat(merchant.query(number).getTradeState()).isEqualTo(TradeStateEnum.CLOSED);
    refused(() -> merchant.prepay(number, 100), 400, "ORDER_CLOSED");
    assertThat(pay(number).statusCode()).isEqualTo(400);
  }

  @Test
  void anOrderEndsAfterTwoHours() {
    fault("{\"payments\":\"MANUAL\"}");
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);

    clock.advance(Duration.ofHours(2));

    assertThat(pay(number).jsonPath().getString("code")).isEqualTo("ORDER_CLOSED");
  }

  @Test
  void thePhoneWaitsToBeToldOrRefuses() {
    fault("{\"payments\":\"MANUAL\"}");
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);
    assertThat(merchant.query(number).getTradeState()).isEqualTo(TradeStateEnum.NOTPAY);

    fault("{\"payments\":\"DECLINE\"}");
    assertThat(pay(number).statusCode()).isEqualTo(409);
    fault("{\"payments\":\"MANUAL\"}");
    assertThat(pay(number).statusCode()).isEqualTo(200);

    assertThat(merchant.query(number).getTradeState()).isEqualTo(TradeStateEnum.SUCCESS);
    assertThat(merchant.callbackParser().parse(receiver.next(), Transaction.class).getOutTradeNo())
        .isEqualTo(number);
  }

  @Test
  void givesMoneyBackOnceForOneNumber() {
    String number = paid(1_000);
    String refundNo = Merchant.newNumber();

    Refund first = merchant.refund(number, refundNo, 300, 1_000);
    Refund again = merchant.refund(number, refundNo, 300, 1_000);

    assertThat(first.getStatus()).isEqualTo(Status.PROCESSING);
    assertThat(again.getRefundId()).isEqualTo(first.getRefundId());
    RefundNotification told =
        merchant.callbackParser().parse(receiver.next(), RefundNotification.class);
    assertThat(told.getRefundStatus()).isEqualTo(Status.SUCCESS);
    assertThat(told.getOutRefundNo()).isEqualTo(refundNo);
    assertThat(told.getAmount().getRefund()).isEqualTo(300);
    assertThat(merchant.queryRefund(refundNo).getStatus()).isEqualTo(Status.SUCCESS);
    assertThat(merchant.query(number).getTradeState()).isEqualTo(TradeStateEnum.REFUND);
  }

  @Test
  void neverGivesBackMoreThanWasPaid() {
    String number = paid(1_000);
    merchant.refund(number, Merchant.newNumber(), 999, 1_000);

    refused(() -> merchant.refund(number, Merchant.newNumber(), 2, 1_000), 400, "INVALID_REQUEST");
    refused(() -> merchant.refund(number, Merchant.newNumber(), 1, 999), 400, "INVALID_REQUEST");
    merchant.refund(number, Merchant.newNumber(), 1, 1_000);
    refused(() -> merchant.refund(number, Merchant.newNumber(), 1, 1_000), 400, "INVALID_REQUEST");
  }

  @Test
  void aRefundNumberMeansOneRefund() {
    String number = paid(1_000);
    String refundNo = Merchant.newNumber();
    merchant.refund(number, refundNo, 10, 1_000);

    refused(() -> merchant.refund(number, refundNo, 20, 1_000), 400, "INVALID_REQUEST");
    refused(() -> merchant.refund(paid(1_000), refundNo, 10, 1_000), 400, "INVALID_REQUEST");
  }

  @Test
  void takesFiftyRefundsOfOneOrder() {
    String number = paid(1_000);
    for (int i = 0; i < 50; i++) {
      merchant.refund(number, Merchant.newNumber(), 1, 1_000);
    }

    refused(() -> merchant.refund(number, Merchant.newNumber(), 1, 1_000), 400, "INVALID_REQUEST");
  }

  @Test
  void aRefundCanFailAtTheBank() {
    fault("{\"refunds\":\"ABNORMAL\"}");
    String number = paid(1_000);
    String refundNo = Merchant.newNumber();
    merchant.refund(number, refundNo, 300, 1_000);

    RefundNotification told =
        merchant.callbackParser().parse(receiver.next(), RefundNotification.class);

    assertThat(told.getRefundStatus()).isEqualTo(Status.ABNORMAL);
  }

  @Test
  void doesNotKnowWhatWasNeverAsked() {
    refused(() -> merchant.query(Merchant.newNumber()), 404, "ORDER_NOT_EXIST");
    refused(() -> merchant.queryRefund(Merchant.newNumber()), 404, "RESOURCE_NOT_EXISTS");
    refused(
        () -> merchant.refund(Merchant.newNumber(), Merchant.newNumber(), 1, 1),
        404,
        "ORDER_NOT_EXIST");
  }

  @Test
  void onlyWhomTheLoginServerKnowsCanPay() {
    PrepayRequest request = merchant.order(Merchant.newNumber(), 100);
    request.getPayer().setOpenid("oNobodyEverSignedInSoInTheApp");

    refused(() -> merchant.prepay(request), 400, "PARAM_ERROR");
  }

  @Test
  void refusesFieldsBeyondTheirLimits() {
    PrepayRequest request = merchant.order("short", 100);
    refused(() -> merchant.prepay(request), 400, "PARAM_ERROR");
    refused(() -> merchant.prepay(Merchant.newNumber(), 0), 400, "PARAM_ERROR");
    PrepayRequest otherApp = merchant.order(Merchant.newNumber(), 100);
    otherApp.setAppid("wx0");
    refused(() -> merchant.prepay(otherApp), 400, "PARAM_ERROR");
    PrepayRequest withQuery = merchant.order(Merchant.newNumber(), 100);
    withQuery.setNotifyUrl("https://city.example/pay?x=1");
    refused(() -> merchant.prepay(withQuery), 400, "PARAM_ERROR");
  }

  @Test
  void aCallbackThatIsNotTakenComesAgain() {
    receiver.refuse(3);
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);

    for (int i = 0; i < 4; i++) {
      assertThat(
              merchant.callbackParser().parse(receiver.next(), Transaction.class).getOutTradeNo())
          .isEqualTo(number);
    }
  }

  @Test
  void aCallbackCanComeTwice() {
    fault("{\"callbacks\":\"DUPLICATE\"}");
    String number = Merchant.newNumber();
    merchant.prepay(number, 100);

    String first = receiver.next().getBody();

    assertThat(callbackId(receiver.next().getBody())).isEqualTo(callbackId(first));
  }

  @Test
  void aCallbackCanBeLost() {
    fault("{\"callbacks\":\"DROP\"}");
    String lost = Merchant.newNumber();
    merchant.prepay(lost, 100);
    fault("{\"callbacks\":\"DELIVER\"}");
    String told = Merchant.newNumber();
    merchant.prepay(told, 100);

    assertThat(merchant.callbackParser().parse(receiver.next(), Transaction.class).getOutTradeNo())
        .isEqualTo(told);
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void callbacksCanComeNewestFirst() {
    fault("{\"callbacks\":\"REORDER\",\"callbackDelayMs\":5000}");
    List<String> numbers = List.of(Merchant.newNumber(), Merchant.newNumber());
    clock.advance(Duration.ofMillis(5_000 - clock.instant().toEpochMilli() % 5_000));
    numbers.forEach(number -> merchant.prepay(number, 100));
    clock.advance(Duration.ofSeconds(5));

    List<String> told =
        numbers.stream()
            .map(number -> merchant.callbackParser().parse(receiver.next(), Transaction.class))
            .map(Transaction::getOutTradeNo)
            .toList();

    assertThat(told).isEqualTo(numbers.reversed());
  }

  @Test
  void anAnswerCanBeLostAfterItsEffect() {
    fault("{\"answers\":\"LOSE\"}");
    String number = Merchant.newNumber();
    assertThatThrownBy(() -> merchant.prepay(number, 100))
        .isInstanceOfAny(HttpException.class, ServiceException.class);

    given().delete("/faults");

    assertThat(merchant.query(number).getTradeState()).isEqualTo(TradeStateEnum.SUCCESS);
  }

  @Test
  void aRequestCanFailWithoutEffect() {
    fault("{\"answers\":\"FAIL\"}");
    String number = Merchant.newNumber();
    refused(() -> merchant.prepay(number, 100), 500, "SYSTEM_ERROR");

    given().delete("/faults");

    refused(() -> merchant.query(number), 404, "ORDER_NOT_EXIST");
  }

  @Test
  void keepsItsOwnBooks() {
    var before = given().get("/books").jsonPath();
    String number = paid(700);
    merchant.refund(number, Merchant.newNumber(), 200, 700);

    var after = given().get("/books").jsonPath();

    assertThat(after.getLong("paidFen") - before.getLong("paidFen")).isEqualTo(700);
    assertThat(after.getLong("refundedFen") - before.getLong("refundedFen")).isEqualTo(200);
    assertThat(after.getLong("heldFen") - before.getLong("heldFen")).isEqualTo(500);
    assertThat(given().get("/payments/" + number).jsonPath().getString("trade_state"))
        .isEqualTo("REFUND");
  }

  private String paid(int fen) {
    String number = Merchant.newNumber();
    merchant.prepay(number, fen);
    assertThat(merchant.callbackParser().parse(receiver.next(), Transaction.class).getOutTradeNo())
        .isEqualTo(number);
    return number;
  }

  private static Response pay(String number) {
    return given().urlEncodingEnabled(false).post("/payments/" + number + ":pay");
  }

  private static String callbackId(String body) {
    return JsonPath.from(body).getString("id");
  }

  private static void fault(String body) {
    given().contentType(ContentType.JSON).body(body).post("/faults").then().statusCode(200);
  }

  private static void refused(ThrowingCallable call, int status, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.getHttpStatusCode()).isEqualTo(status);
              assertThat(e.getErrorCode()).isEqualTo(code);
            });
  }
}
