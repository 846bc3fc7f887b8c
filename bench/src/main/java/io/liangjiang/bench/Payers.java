package io.liangjiang.bench;

import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.GetMyWalletRequest;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc.PaymentOrderServiceFutureStub;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Money;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Citizens whose wallets are full. */
final class Payers {
  private static final int COUNT = 1_000;
  private static final long FULL_MINOR = 1_000_000_000;

  /** One of them, with a stub that says so. */
  record Payer(UUID citizenId, String token, PaymentOrderServiceFutureStub orders) {}

  private final List<Payer> payers;

  Payers(RunningLedger ledger) {
    payers = Stream.generate(() -> payer(ledger)).limit(COUNT).toList();
  }

  Payer get(long number) {
    return payers.get((int) (number % COUNT));
  }

  private static Payer payer(RunningLedger ledger) {
    UUID citizenId = UUID.randomUUID();
    String token = TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME);
    try {
      var unused = ledger.wallets(token).getMyWallet(GetMyWalletRequest.getDefaultInstance()).get();
      CreateTransferRequest filling = ledger.into("wallet/" + citizenId);
      var amount = Money.newBuilder().setAmountMinor(FULL_MINOR).setCurrencyCode("CNY");
      var unusedToo =
          ledger.stub().createTransfer(filling.toBuilder().setAmount(amount).build()).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a wallet could not be filled", e);
    }
    return new Payer(citizenId, token, ledger.orders(token));
  }
}
