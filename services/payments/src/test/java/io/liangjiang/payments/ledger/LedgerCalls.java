package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.GetTransferRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.PostPendingTransferRequest;
import io.liangjiang.payments.v1.RevertTransferRequest;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.VoidPendingTransferRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.Money;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/** What tests ask of the ledger over gRPC. */
final class LedgerCalls {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final LedgerService ledger;

  LedgerCalls(LedgerService ledger) {
    this.ledger = ledger;
  }

  Account bank() {
    return open(Account.Kind.ASSET, false, false);
  }

  Account wallet() {
    return open(Account.Kind.LIABILITY, true, false);
  }

  Account open(Account.Kind kind, boolean debitsGuarded, boolean creditsGuarded) {
    return await(
        ledger.createAccount(
            CreateAccountRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCode("test/" + UUID.randomUUID())
                .setKind(kind)
                .setCurrencyCode("CNY")
                .setDebitsMustNotExceedCredits(debitsGuarded)
                .setCreditsMustNotExceedDebits(creditsGuarded)
                .build()));
  }

  Account read(Account account) {
    return await(
        ledger.getAccount(
            GetAccountRequest.newBuilder().setAccountId(account.getAccountId()).build()));
  }

  Transfer read(Transfer transfer) {
    return await(
        ledger.getTransfer(
            GetTransferRequest.newBuilder().setTransferId(transfer.getTransferId()).build()));
  }

  Transfer move(Account debit, Account credit, long amountMinor) {
    return await(ledger.createTransfer(request(debit, credit, amountMinor)));
  }

  Transfer reserve(Account debit, Account credit, long amountMinor, Duration ttl) {
    return await(ledger.createTransfer(reservation(debit, credit, amountMinor, ttl)));
  }

  static CreateTransferRequest request(Account debit, Account credit, long amountMinor) {
    return CreateTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setDebitAccountId(debit.getAccountId())
        .setCreditAccountId(credit.getAccountId())
        .setAmount(cny(amountMinor))
        .build();
  }

  static CreateTransferRequest reservation(
      Account debit, Account credit, long amountMinor, Duration ttl) {
    return request(debit, credit, amountMinor).toBuilder()
        .setPendingTtl(com.google.protobuf.Duration.newBuilder().setSeconds(ttl.toSeconds()))
        .build();
  }

  static PostPendingTransferRequest post(Transfer pending, long amountMinor) {
    return PostPendingTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setTransferId(pending.getTransferId())
        .setAmount(cny(amountMinor))
        .build();
  }

  static PostPendingTransferRequest postAll(Transfer pending) {
    return post(pending, 1).toBuilder().clearAmount().build();
  }

  static VoidPendingTransferRequest voiding(Transfer pending) {
    return VoidPendingTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setTransferId(pending.getTransferId())
        .build();
  }

  static RevertTransferRequest revert(Transfer transfer) {
    return RevertTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setTransferId(transfer.getTransferId())
        .build();
  }

  static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }

  static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  static String reasonOf(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }
}
