package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.util.regex.Pattern;

/** Between the ledger's records and its contract. */
final class LedgerProto {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9/._-]{1,100}");
  private static final Pattern ACCOUNT_ID = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int MAX_REASON_CODE = 65_535;

  private LedgerProto() {}

  static void check(CreateAccountRequest request) {
    new Violations()
        .require(CODE.matcher(request.getCode()).matches(), "code", "must match " + CODE.pattern())
        .require(isKnown(request.getKind()), "kind", "must be a kind of account")
        .require(
            request.getCurrencyCode().equals(Amounts.CURRENCY),
            "currency_code",
            "must be " + Amounts.CURRENCY)
        .throwIfAny();
  }

  static Posting posting(CreateTransferRequest request) {
    var id = Violations.requestId(request.getRequestId());
    long amountMinor = Amounts.positiveMinor(request.getAmount(), Amounts.MAX_MINOR);
    long debit = accountId(request.getDebitAccountId(), "debit_account_id");
    long credit = accountId(request.getCreditAccountId(), "credit_account_id");
    int reason = request.getReasonCode();
    new Violations()
        .require(reason >= 0 && reason <= MAX_REASON_CODE, "reason_code", "must be 0 to 65,535")
        .throwIfAny();
    if (debit == credit) {
      throw new ServiceException(PaymentsReason.SAME_ACCOUNT, "a transfer needs two accounts")
          .violation("credit_account_id", "must be another account");
    }
    return new Posting(
        id, debit, credit, amountMinor, request.getAmount().getCurrencyCode(), reason);
  }

  static long accountId(String text, String field) {
    new Violations()
        .require(ACCOUNT_ID.matcher(text).matches(), field, "must be an account id")
        .throwIfAny();
    return Long.parseLong(text);
  }

  static Account account(LedgerAccount account) {
    return Account.newBuilder()
        .setAccountId(Long.toString(account.id()))
        .setCode(account.code())
        .setKind(account.kind())
        .setCurrencyCode(account.currencyCode())
        .setDebitsMustNotExceedCredits(account.guarded())
        .setDebitsPostedMinor(account.debitsMinor())
        .setCreditsPostedMinor(account.creditsMinor())
        .setCreateTime(ProtoTime.timestamp(account.createTime()))
        .build();
  }

  static Transfer transfer(LedgerTransfer transfer) {
    Posting posting = transfer.posting();
    return Transfer.newBuilder()
        .setTransferId(posting.transferId().toString())
        .setDebitAccountId(Long.toString(posting.debitAccountId()))
        .setCreditAccountId(Long.toString(posting.creditAccountId()))
        .setAmount(Amounts.cny(posting.amountMinor()))
        .setReasonCode(posting.reasonCode())
        .setCreateTime(ProtoTime.timestamp(transfer.createTime()))
        .build();
  }

  private static boolean isKnown(Account.Kind kind) {
    return kind != Account.Kind.KIND_UNSPECIFIED && kind != Account.Kind.UNRECOGNIZED;
  }
}
