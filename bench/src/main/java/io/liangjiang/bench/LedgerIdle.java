package io.liangjiang.bench;

import com.google.common.util.concurrent.ListenableFuture;
import io.liangjiang.payments.v1.BatchCreateTransfersRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/**
 * One transfer after the other, never two at once, through the batch writer; beside it the same
 * transfer in a transaction of its own, which waits for nobody. Batching adds no wait to an idle
 * system when both are alike.
 */
final class LedgerIdle {
  private final Path checkout;
  private final int rounds;
  private final int seconds;

  LedgerIdle(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    try (var ledger = new RunningLedger(checkout)) {
      Supplier<ListenableFuture<?>> batched = () -> ledger.stub().createTransfer(ledger.intoHot());
      Supplier<ListenableFuture<?>> alone =
          () ->
              ledger
                  .stub()
                  .batchCreateTransfers(
                      BatchCreateTransfersRequest.newBuilder()
                          .addRequests(ledger.intoHot())
                          .build());
      var unused = load(ledger, batched);
      var unusedToo = load(ledger, alone);
      var facts = new LinkedHashMap<>(ledger.books().facts());
      facts.put("peer", "the same transfer in a transaction of its own");
      facts.put("load", "1 call in flight");
      Figure figure =
          Rounds.run(
              "ledger.idle", rounds, () -> load(ledger, batched), () -> load(ledger, alone), facts);
      ledger.requireZero();
      return figure;
    }
  }

  private Sample load(RunningLedger ledger, Supplier<ListenableFuture<?>> call) {
    return new GrpcLoad(1, seconds)
        .run(i -> call.get(), ledger.payments().pid(), ledger.books().pid());
  }
}
