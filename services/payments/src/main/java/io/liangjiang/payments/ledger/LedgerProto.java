package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.util.regex.Pattern;

/** Between the ledger's records and its contract. */
final class LedgerProto {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9/._-]{1,100}");

  private LedgerProto() {}

  static void check(CreateAccountRequest request) {
    new Violations()
        .require(CODE.matcher(request.getCode()).matches(), "code", "must match " + CODE.pattern())
        .require(isKnown(request.getKind()), "kind", "must be a kind of account")
        .require(
            request.getCurrencyCode().equals(Amounts.CURRENCY),
            "currency_code",
            "must be " + Amounts.CURRENCY)
        .require(
            !(request.getDebitsMustNotExceedCredits() && request.getCreditsMustNotExceedDebits()),
            "credits_must_not_exceed_debits",
            "only one side can be limited")
        .throwIfAny();
  }

  static Account account(LedgerAccount account) {
    var totals = account.totals();
    var proto =
        Account.newBuilder()
            .setAccountId(Long.toString(account.id()))
            .setCode(account.code())
            .setKind(account.kind())
            .setCurrencyCode(account.currencyCode())
            .setDebitsMustNotExceedCredits(account.guard() == Guard.DEBITS_MUST_NOT_EXCEED_CREDITS)
            .setCreditsMustNotExceedDebits(account.guard() == Guard.CREDITS_MUST_NOT_EXCEED_DEBITS)
            .setDebitsPostedMinor(totals.debitsMinor())
            .setCreditsPostedMinor(totals.creditsMinor())
            .setDebitsPendingMinor(totals.pendingDebitsMinor())
            .setCreditsPendingMinor(totals.pendingCreditsMinor())
            .setCreateTime(ProtoTime.timestamp(account.createTime()));
    if (account.closeTime() != null) {
      proto.setCloseTime(ProtoTime.timestamp(account.closeTime()));
    }
    return proto.build();
  }

  static Transfer transfer(LedgerTransfer transfer) {
    Posting posting = transfer.posting();
    var proto =
        Transfer.newBuilder()
            .setTransferId(posting.transferId().toString())
            .setDebitAccountId(Long.toString(posting.debitAccountId()))
            .setCreditAccountId(Long.toString(posting.creditAccountId()))
            .setAmount(Amounts.cny(posting.amountMinor()))
            .setReasonCode(posting.reasonCode())
            .setKind(transfer.kind())
            .setCreateTime(ProtoTime.timestamp(transfer.createTime()));
    Links links = transfer.links();
    if (links.answeredId() != null) {
      proto.setAnsweredTransferId(links.answeredId().toString());
    }
    if (links.answeringId() != null) {
      proto.setAnsweringTransferId(links.answeringId().toString());
    }
    if (links.expireTime() != null) {
      proto.setExpireTime(ProtoTime.timestamp(links.expireTime()));
    }
    return proto.build();
  }

  private static boolean isKnown(Account.Kind kind) {
    return kind != Account.Kind.KIND_UNSPECIFIED && kind != Account.Kind.UNRECOGNIZED;
  }
}
