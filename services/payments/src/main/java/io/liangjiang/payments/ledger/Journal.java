package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.batch.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Books transfers inside a transaction of the caller: locks the accounts in the order of their ids,
 * decides, writes. Only a batch with answers asks first which accounts those are about.
 */
@ApplicationScoped
public class Journal {
  private final LedgerRepository repository;
  private final PhaseRepository phases;
  private final InstantSource clock;

  Journal(LedgerRepository repository, PhaseRepository phases, InstantSource clock) {
    this.repository = repository;
    this.phases = phases;
    this.clock = clock;
  }

  /**
   * Books one group, all or none. Lock every other row first: accounts come last in the order of
   * locks. Errors: ACCOUNT_NOT_FOUND, ACCOUNT_CLOSED, INSUFFICIENT_FUNDS, CREDIT_LIMIT_EXCEEDED,
   * CURRENCY_MISMATCH, REQUEST_ID_REUSED, and of answers those of {@link AnswerRules}.
   */
  public Uni<List<LedgerTransfer>> post(SqlClient tx, List<? extends Instruction> group) {
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

  /** Books many groups, each for itself; one outcome a group. Errors of one: see {@link #post}. */
  public Uni<List<Outcome<List<LedgerTransfer>>>> postAll(
      SqlClient tx, List<? extends List<? extends Instruction>> groups) {
    var named = Named.in(groups);
    if (named.answered().isEmpty()) {
      return postAll(tx, groups, named);
    }
    return repository
        .findTransfers(tx, named.answered())
        .chain(answered -> postAll(tx, groups, named.withAccountsOf(answered)));
  }

  private Uni<List<Outcome<List<LedgerTransfer>>>> postAll(
      SqlClient tx, List<? extends List<? extends Instruction>> groups, Named named) {
    return Uni.combine()
        .all()
        .unis(
            repository.lock(tx, named.accounts()),
            Uni.createFrom().deferred(() -> repository.findTransfers(tx, named.transfers())),
            Uni.createFrom().deferred(() -> links(tx, named)))
        .asTuple()
        .chain(
            found -> {
              var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              var existing = linked(found.getItem2(), found.getItem3());
              var decision = new BatchDecision(found.getItem1(), existing, now);
              var outcomes = groups.stream().map(decision::decide).toList();
              return write(tx, decision).replaceWith(outcomes);
            });
  }

  private Uni<Map<UUID, Links>> links(SqlClient tx, Named named) {
    return named.onlyPlain()
        ? Uni.createFrom().item(Map.of())
        : phases.findLinks(tx, named.transfers());
  }

  private static List<LedgerTransfer> linked(List<LedgerTransfer> found, Map<UUID, Links> links) {
    if (links.isEmpty()) {
      return found;
    }
    return found.stream()
        .map(transfer -> transfer.with(links.getOrDefault(transfer.id(), Links.NONE)))
        .toList();
  }

  private Uni<Void> write(SqlClient tx, BatchDecision decision) {
    List<LedgerTransfer> booked = decision.booked();
    if (booked.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var written =
        Uni.combine()
            .all()
            .unis(repository.book(tx, booked), repository.writeTotals(tx, decision.changed()))
            .discardItems();
    boolean onlyPlain = booked.stream().allMatch(transfer -> transfer.kind() == Kind.TRANSFER);
    return onlyPlain ? written : written.chain(() -> phases.write(tx, booked));
  }
}
