package io.liangjiang.payments.deduction;

import io.liangjiang.payments.deduction.Deductions.Change;
import io.liangjiang.payments.deduction.Deductions.Paid;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.payments.wallet.Wallets.Taking;
import io.liangjiang.platform.batch.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes what merchants are owed out of wallets, with the fees and shares that go with it. */
@ApplicationScoped
public class WalletCollections {
  private final Deductions deductions;
  private final Wallets wallets;

  WalletCollections(Deductions deductions, Wallets wallets) {
    this.deductions = deductions;
    this.wallets = wallets;
  }

  /**
   * What a wallet owes.
   *
   * @param payerId whose wallet
   * @param delegateId who pays in the payer's name; null when the payer or the city does
   */
  public record Due(Paid paid, UUID payerId, TransferReason reason, @Nullable UUID delegateId) {
    private Taking taking(Change change) {
      return new Taking(
          payerId,
          paid.merchant().accountId(),
          reason,
          new Movement(paid.id(), paid.id(), paid.amountMinor(), delegateId),
          change.postings());
    }
  }

  /**
   * Takes each for itself, in a fixed number of statements; one outcome each, in the same order.
   * Errors of one: INSUFFICIENT_FUNDS, with nothing written.
   */
  public Uni<List<Outcome<Taking>>> take(SqlClient tx, List<Due> dues) {
    if (dues.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return deductions
        .withPayments(tx, dues.stream().map(Due::paid).toList())
        .chain(
            changes ->
                wallets
                    .takeAll(tx, takings(dues, changes))
                    .call(outcomes -> deductions.writeAll(tx, taken(changes, outcomes))));
  }

  private static List<Taking> takings(List<Due> dues, List<Change> changes) {
    return IntStream.range(0, dues.size())
        .mapToObj(i -> dues.get(i).taking(changes.get(i)))
        .toList();
  }

  private static List<Change> taken(List<Change> changes, List<Outcome<Taking>> outcomes) {
    return IntStream.range(0, changes.size())
        .filter(i -> outcomes.get(i) instanceof Outcome.Done)
        .mapToObj(changes::get)
        .toList();
  }
}
