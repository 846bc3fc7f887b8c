package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.GetMerchantStatementRequest;
import io.liangjiang.payments.v1.GetMyWalletStatementRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.StatementFormat;
import io.liangjiang.payments.v1.StatementService;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.File;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements over gRPC on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class StatementWireTest {
  private static final String LONG_WINDED = "three-gorges-museum";

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject Database database;

  @GrpcClient("self")
  StatementService statements;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @Test
  void citizenReadsTheirOwnWallet() {
    city.fill(5_000);
    PaymentOrder order = city.create(1_234);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    File file = await(mine().getMyWalletStatement(request(today(), today(), StatementFormat.CSV)));

    assertThat(file.getMediaType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(file.getFileName()).isEqualTo("wallet-" + today() + "-" + today() + ".csv");
    assertThat(file.getContent().toStringUtf8())
        .contains("充值,50.00,50.00,,")
        .contains("支付,-12.34,37.66,天生三桥 门票," + order.getPaymentOrderId())
        .contains("期末余额(元),37.66");
  }

  @Test
  void earlierDaysAreTheOpeningBalance() {
    city.fill(5_000);

    LocalDate tomorrow = today().plusDays(1);
    File file =
        await(mine().getMyWalletStatement(request(tomorrow, tomorrow, StatementFormat.CSV)));

    assertThat(file.getContent().toStringUtf8()).contains("期初余额(元),50.00").doesNotContain("充值");
  }

  @Test
  void merchantReadsOrdersAndRefunds() {
    city.fill(5_000);
    PaymentOrder order = city.create(1_234);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    await(city.asMerchant().refundPaymentOrder(refund(order, 234)));

    String file =
        await(
                TestCalls.as(statements, city.merchant)
                    .getMerchantStatement(
                        GetMerchantStatementRequest.newBuilder()
                            .setStartDate(today().toString())
                            .setEndDate(today().toString())
                            .build()))
            .getContent()
            .toStringUtf8();

    assertThat(file)
        .contains("订单收款,12.34,0.00,天生三桥 门票," + order.getBusinessReference())
        .contains("退款,-2.34,0.00,plans changed," + order.getBusinessReference());
  }

  @Test
  void statementThatNoMessageHoldsIsTooLong() {
    long before = desk.count("charge", "merchant_id", LONG_WINDED);
    await(
        database
            .client()
            .query(
                "insert into charge (charge_id, payer_citizen_id, merchant_id, created_by,"
                    + " business_reference, description, amount_minor, state, create_time)"
                    + " select gen_random_uuid(), gen_random_uuid(), '"
                    + LONG_WINDED
                    + "', 'transit', i::text, repeat('两', 200), 1, 1, '2020-05-01T04:00:00Z'"
                    + " from generate_series(1, 8000) as i")
            .execute());
    assertThat(desk.count("charge", "merchant_id", LONG_WINDED) - before).isEqualTo(8_000);

    var staff = TestCalls.as(statements, TestTokens.staff("merchant", LONG_WINDED));
    var request =
        GetMerchantStatementRequest.newBuilder()
            .setStartDate("2020-05-01")
            .setEndDate("2020-05-01")
            .build();

    assertThat(reasonOf(staff.getMerchantStatement(request))).isEqualTo("STATEMENT_TOO_LONG");
  }

  @Test
  void statementIsAPdfWhenAsked() {
    city.fill(5_000);

    File file = await(mine().getMyWalletStatement(request(today(), today(), StatementFormat.PDF)));

    assertThat(file.getMediaType()).isEqualTo("application/pdf");
    assertThat(file.getContent().substring(0, 5).toStringUtf8()).isEqualTo("%PDF-");
  }

  @Test
  void refusesDaysThatAreNoPeriod() {
    assertThat(reasonOf(mine().getMyWalletStatement(request(today(), today().minusDays(1), null))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOf(mine().getMyWalletStatement(request(today(), today().plusDays(366), null))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reasonOf(mine().getMyWalletStatement(GetMyWalletStatementRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  private StatementService mine() {
    return TestCalls.as(statements, city.citizen);
  }

  private LocalDate today() {
    return city.clock.instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
  }

  private static GetMyWalletStatementRequest request(
      LocalDate first, LocalDate last, StatementFormat format) {
    var request =
        GetMyWalletStatementRequest.newBuilder()
            .setStartDate(first.toString())
            .setEndDate(last.toString());
    return format == null ? request.build() : request.setFormat(format).build();
  }
}
