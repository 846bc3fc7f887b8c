package io.liangjiang.payments.ledger;

import static io.liangjiang.payments.ledger.LedgerCalls.await;
import static io.liangjiang.payments.ledger.LedgerCalls.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CloseAccountRequest;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No service opens or closes the accounts that payments itself books on. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ReservedAccountWireTest {
  @GrpcClient("self")
  LedgerService self;

  @Inject Database database;
  @Inject SystemAccounts accounts;

  private LedgerService ledger;

  @BeforeEach
  void callAsAService() {
    ledger = TestCalls.as(self, TestTokens.service("tourism"));
  }

  @Test
  void anAccountOfTheCityStaysOpenThoughItIsEmpty() {
    long clearing = await(database.inTransaction(accounts::combinedClearing));
    long fees = await(database.inTransaction(accounts::feeIncome));

    assertThat(reasonOf(ledger.closeAccount(close(clearing)))).isEqualTo("ACCOUNT_RESERVED");
    assertThat(reasonOf(ledger.closeAccount(close(fees)))).isEqualTo("ACCOUNT_RESERVED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bank/settlement",
        "channel/WECHAT_PAY/refunds",
        "combined/clearing",
        "income/fees",
        "insurance/receivable",
        "merchant/a-new-one",
        "mixed/clearing",
        "payouts/transit",
        "wallet/0199a2c4-7d00-7000-8000-000000000001"
      })
  void noServiceTakesACodeOfPayments(String code) {
    var wanted =
        CreateAccountRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setCode(code)
            .setKind(Account.Kind.EXPENSE)
            .setCurrencyCode("CNY")
            .build();

    assertThat(reasonOf(ledger.createAccount(wanted))).isEqualTo("ACCOUNT_RESERVED");
  }

  private static CloseAccountRequest close(long accountId) {
    return CloseAccountRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setAccountId(Long.toString(accountId))
        .build();
  }
}
