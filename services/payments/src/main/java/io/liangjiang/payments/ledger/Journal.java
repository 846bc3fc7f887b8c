package io.liangjiang.payments.ledger;

import io.liangjiang.platform.batch.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Books transfers inside a transaction of the caller: locks the accounts in the order of their ids,
 * decides, writes.
 */
@ApplicationScoped
public class Journal {
  private final LedgerRepository repository;
  private final InstantSource clock;

  Journal(LedgerRepository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Books one group, all or none. Lock every other row first: accounts come last in the order of
   * locks. Errors: ACCOUNT_NOT_FOUND, INSUFFICIENT_FUNDS, CURRENCY_MISMATCH, REQUEST_ID_REUSED.
   */
  public Uni<List<LedgerTransfer>> post(SqlClient tx, List<Posting> group) {
    return postAll(tx, List.of(group))
        .map(
            outcomes ->
                switch (outcomes.getFirst()) {
                  case Outcome.Done<List<LedgerTransfer>>(var transfers) -> transfers;
                  case Outcome.Refused<List<LedgerTransfer>>(var refusal) -> throw refusal;
                });
  }

  /**
   * Books one transfer between accounts that are looked up first.
   *
   * @param posting makes the posting of the debited and the credited account
   */
  public Uni<Void> move(
      SqlClient tx,
      Uni<Long> debitAccount,
      Uni<Long> creditAccount,
      BiFunction<Long, Long, Posting> posting) {
    return Uni.combine()
        .all()
        .unis(debitAccount, creditAccount)
        .with(posting::apply)
        .chain(wanted -> post(tx, List.of(wanted)))
        .replaceWithVoid();
  }

  /** Books many groups, each for itself; one outcome a group. */
  Uni<List<Outcome<List<LedgerTransfer>>>> postAll(SqlClient tx, List<List<Posting>> groups) {
    Set<Long> accountIds = new TreeSet<>();
    groups.forEach(group -> group.forEach(posting -> addAccounts(accountIds, posting)));
    Set<UUID> transferIds =
        groups.stream().flatMap(List::stream).map(Posting::transferId).collect(Collectors.toSet());
    return Uni.combine()
        .all()
        .unis(
            repository.lock(tx, accountIds),
            Uni.createFrom().deferred(() -> repository.findTransfers(tx, transferIds)))
        .asTuple()
        .chain(
            found -> {
              var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              var decision = new BatchDecision(found.getItem1(), found.getItem2(), now);
              var outcomes = groups.stream().map(decision::decide).toList();
              return write(tx, decision).replaceWith(outcomes);
            });
  }

  private Uni<Void> write(SqlClient tx, BatchDecision decision) {
    if (decision.booked().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.combine()
        .all()
        .unis(
            repository.book(tx, decision.booked()), repository.writeTotals(tx, decision.changed()))
        .discardItems();
  }

  private static void addAccounts(Set<Long> ids, Posting posting) {
    ids.add(posting.debitAccountId());
    ids.add(posting.creditAccountId());
  }
}
