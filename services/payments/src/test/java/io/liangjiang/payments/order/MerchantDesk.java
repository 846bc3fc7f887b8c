package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;

import io.liangjiang.payments.v1.CreateMerchantRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.MerchantService;
import io.liangjiang.payments.v1.MerchantTerms;
import io.liangjiang.payments.v1.PayoutDestination;
import io.liangjiang.payments.v1.ShareRule;
import io.liangjiang.payments.v1.SuspendMerchantRequest;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;

/** The administrator who keeps merchants, and a look into their accounts. */
@Dependent
class MerchantDesk {
  static final String BANK_ACCOUNT = "6222020200112233445";

  @GrpcClient("self")
  MerchantService merchants;

  @Inject Database database;

  MerchantService asAdmin() {
    return TestCalls.as(merchants, TestTokens.staff("admin", ""));
  }

  MerchantService asStaffOf(String merchantId) {
    return TestCalls.as(merchants, TestTokens.staff("merchant", merchantId));
  }

  Merchant open(MerchantTerms.Builder terms) {
    return await(asAdmin().createMerchant(request(terms)));
  }

  /** One whose bank account has that name, so that what the bank paid it is not others'. */
  Merchant open(MerchantTerms.Builder terms, String accountName) {
    CreateMerchantRequest.Builder request = request(terms).toBuilder();
    request.getPayoutDestinationBuilder().setAccountName(accountName);
    return await(asAdmin().createMerchant(request.build()));
  }

  CreateMerchantRequest request(MerchantTerms.Builder terms) {
    return CreateMerchantRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setMerchantId("m-" + UUID.randomUUID())
        .setDisplayName("仙女山索道")
        .setTerms(terms)
        .setPayoutDestination(
            PayoutDestination.newBuilder()
                .setBankCode("ICBC")
                .setAccountNumber(BANK_ACCOUNT)
                .setAccountName("仙女山索道有限公司"))
        .build();
  }

  void suspend(Merchant merchant) {
    await(
        asAdmin()
            .suspendMerchant(
                SuspendMerchantRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setMerchantId(merchant.getMerchantId())
                    .setReason("licence ran out")
                    .build()));
  }

  static MerchantTerms.Builder fee(int basisPoints) {
    return MerchantTerms.newBuilder().setFeeBasisPoints(basisPoints);
  }

  static ShareRule share(Merchant receiver, int basisPoints) {
    return ShareRule.newBuilder()
        .setReceiverMerchantId(receiver.getMerchantId())
        .setBasisPoints(basisPoints)
        .build();
  }

  static ShareRule fixed(Merchant receiver, long amountMinor) {
    return ShareRule.newBuilder()
        .setReceiverMerchantId(receiver.getMerchantId())
        .setAmountMinor(amountMinor)
        .build();
  }

  long balanceOf(Merchant merchant) {
    return balance("merchant/" + merchant.getMerchantId());
  }

  long feeIncome() {
    return balance("income/fees");
  }

  long balance(String code) {
    return await(
        database
            .client()
            .preparedQuery(
                "select coalesce(sum(credits_minor - debits_minor), 0)::bigint from account"
                    + " where code = $1")
            .execute(Tuple.of(code))
            .map(rows -> rows.iterator().next().getLong(0)));
  }

  /** How many rows of the table have the text in the column. */
  long count(String table, String column, String text) {
    return await(
        database
            .client()
            .preparedQuery("select count(*) from " + table + " where " + column + " = $1")
            .execute(Tuple.of(text))
            .map(rows -> rows.iterator().next().getLong(0)));
  }
}
