package io.liangjiang.sandbox.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.service.billdownload.BillDownloadService;
import com.wechat.pay.java.service.billdownload.model.AccountType;
import com.wechat.pay.java.service.billdownload.model.BillType;
import com.wechat.pay.java.service.billdownload.model.GetFundFlowBillRequest;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.billdownload.model.QueryBillEntity;
import com.wechat.pay.java.service.billdownload.model.TarType;
import io.liangjiang.sandbox.MutableClock;
import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class BillTest {
  @ConfigProperty(name = "test.keys")
  String keys;

  @Inject MutableClock clock;

  private CallbackReceiver receiver;
  private Merchant merchant;
  private BillDownloadService bills;

  @BeforeEach
  void start() throws Exception {
    receiver = new CallbackReceiver();
    merchant = new Merchant(keys, RestAssured.port, receiver.url());
    bills =
        new BillDownloadService.Builder()
            .config(merchant.config())
            .httpClient(merchant.http())
            .build();
  }

  @AfterEach
  void stop() {
    clock.reset();
    given().delete("/faults").then().statusCode(200);
    receiver.close();
  }

  @Test
  void aPaymentAndItsRefundAreTwoLinesInYuan() throws Exception {
    String number = Merchant.newNumber();
    merchant.prepay(number, 12_345);
    String refundNo = Merchant.newNumber();
    merchant.refund(number, refundNo, 345, 12_345);

    List<String> lines = download(BillType.ALL, null).lines().toList();

    assertThat(lines.getFirst().split(",")).hasSize(27).startsWith("交易时间", "公众账号ID");
    List<String> own = lines.stream().filter(line -> line.contains("`" + number)).toList();
    assertThat(own).hasSize(2);
    String[] payment = own.getFirst().split(",", -1);
    assertThat(payment).hasSize(27).allMatch(field -> field.startsWith("`"));
    assertThat(payment[9]).isEqualTo("`SUCCESS");
    assertThat(payment[12]).isEqualTo("`123.45");
    assertThat(payment[22]).isEqualTo("`0.74000");
    String[] refund = own.getLast().split(",", -1);
    assertThat(refund[9]).isEqualTo("`REFUND");
    assertThat(refund[15]).isEqualTo("`" + refundNo);
    assertThat(refund[16]).isEqualTo("`3.45");
    assertThat(refund[22]).isEqualTo("`-0.02000");
  }

  @Test
  void theTotalsAreThoseOfTheLines() throws Exception {
    merchant.prepay(Merchant.newNumber(), 199);

    List<String> lines = download(BillType.SUCCESS, null).lines().toList();

    String[] totals = lines.getLast().split(",", -1);
    List<String[]> details =
        lines.subList(1, lines.size() - 2).stream().map(line -> line.split(",", -1)).toList();
    assertThat(lines.get(lines.size() - 2)).startsWith("总交易单数,");
    assertThat(totals[0]).isEqualTo("`" + details.size());
    assertThat(fen(totals[1])).isEqualTo(details.stream().mapToLong(line -> fen(line[12])).sum());
    assertThat(details).allMatch(line -> line[9].equals("`SUCCESS"));
  }

  @Test
  void theHashIsThatOfTheUnpackedFile() throws Exception {
    merchant.prepay(Merchant.newNumber(), 199);

    QueryBillEntity entity = bills.getTradeBill(request(BillType.ALL, TarType.GZIP));
    byte[] file;
    try (var in = new GZIPInputStream(merchant.http().download(entity.getDownloadUrl()))) {
      file = in.readAllBytes();
    }

    byte[] hash = MessageDigest.getInstance("SHA-1").digest(file);
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(entity.getHashValue());
  }

  @Test
  void aDayWithoutMovementHasNoBill() {
    GetTradeBillRequest request = request(BillType.ALL, null);
    request.setBillDate(today().minusDays(80).toString());

    assertThatThrownBy(() -> bills.getTradeBill(request))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.getErrorCode()).isEqualTo("NO_STATEMENT_EXIST"));
  }

  @Test
  void refusesATokenThatWasChanged() {
    merchant.prepay(Merchant.newNumber(), 199);
    String url = bills.getTradeBill(request(BillType.ALL, null)).getDownloadUrl();

    assertThatThrownBy(() -> merchant.http().download(url + "A"))
        .isInstanceOf(ServiceException.class);
    assertThat(given().get("/v3/billdownload/file").statusCode()).isEqualTo(401);
  }

  @Test
  void theFundFlowShowsMoneyAndFeesWithTheBalanceAfterEach() throws Exception {
    String number = Merchant.newNumber();
    merchant.prepay(number, 10_000);
    merchant.refund(number, Merchant.newNumber(), 5_000, 10_000);
    GetFundFlowBillRequest request = new GetFundFlowBillRequest();
    request.setBillDate(today().toString());
    request.setAccountType(AccountType.BASIC);

    List<String> lines = file(bills.getFundFlowBill(request)).lines().toList();

    assertThat(lines.getFirst().split(",")).hasSize(11).startsWith("记账时间");
    List<String[]> flows =
        lines.subList(1, lines.size() - 2).stream().map(line -> line.split(",", -1)).toList();
    assertThat(flows.stream().filter(flow -> flow[10].equals("`" + number)))
        .extracting(flow -> flow[4] + flow[5] + flow[6])
        .containsExactly("`交易`收入`100.00", "`扣除交易手续费`支出`0.60");
    for (int i = 1; i < flows.size(); i++) {
      long moved = fen(flows.get(i)[6]) * (flows.get(i)[5].equals("`收入") ? 1 : -1);
      assertThat(fen(flows.get(i)[7])).isEqualTo(fen(flows.get(i - 1)[7]) + moved);
    }
    assertThat(lines.getLast()).startsWith("`" + flows.size() + ",");
  }

  @Test
  void aBillHasTheFaultThatWasOrdered() throws Exception {
    String number = Merchant.newNumber();
    merchant.prepay(number, 12_345);

    assertThat(linesWith("STRANGER", "2099010100000000000000000000")).hasSize(1);
    assertThat(linesWith("MISSING_PAYMENT", number)).isEmpty();
    assertThat(linesWith("OTHER_AMOUNT", number).getFirst()).contains("`123.46");
    assertThat(linesWith("DUPLICATE", number)).hasSize(2);
    assertThat(linesWith("NORMAL", number)).hasSize(1);
    order("LATE");
    assertThatThrownBy(() -> download(BillType.ALL, null))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.getErrorCode()).isEqualTo("NO_STATEMENT_EXIST"));
  }

  private List<String> linesWith(String fault, String number) throws Exception {
    order(fault);
    return download(BillType.ALL, null)
        .lines()
        .filter(line -> line.contains("`" + number))
        .toList();
  }

  private static void order(String fault) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"bills\":\"" + fault + "\"}")
        .post("/faults")
        .then()
        .statusCode(200);
  }

  private String download(BillType type, TarType packing) throws Exception {
    return file(bills.getTradeBill(request(type, packing)));
  }

  private String file(QueryBillEntity entity) throws Exception {
    try (var in = merchant.http().download(entity.getDownloadUrl())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private GetTradeBillRequest request(BillType type, TarType packing) {
    GetTradeBillRequest request = new GetTradeBillRequest();
    request.setBillDate(today().toString());
    request.setBillType(type);
    request.setTarType(packing);
    return request;
  }

  private LocalDate today() {
    Instant now = clock.instant();
    return now.atOffset(ZoneOffset.ofHours(8)).toLocalDate();
  }

  private static long fen(String yuan) {
    return new BigDecimal(yuan.substring(1)).movePointRight(2).longValueExact();
  }
}
