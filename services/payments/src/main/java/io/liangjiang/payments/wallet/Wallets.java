package io.liangjiang.payments.wallet;

import io.liangjiang.payments.ledger.Accounts;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.LedgerAccount;
import io.liangjiang.payments.ledger.LedgerTransfer;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.WalletEntry.Kind;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wallets, and money into and out of them. */
@ApplicationScoped
public class Wallets {
  private final Database database;
  private final WalletRepository repository;
  private final Accounts accounts;
  private final Journal journal;
  private final InstantSource clock;

  Wallets(
      Database database,
      WalletRepository repository,
      Accounts accounts,
      Journal journal,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.accounts = accounts;
    this.journal = journal;
    this.clock = clock;
  }

  /** The citizen's wallet, opened now if there is none. */
  public Uni<CitizenWallet> open(SqlClient tx, UUID citizenId) {
    return repository
        .find(tx, citizenId)
        .chain(
            found ->
                found.isEmpty() ? openNew(tx, citizenId) : Uni.createFrom().item(found.getFirst()));
  }

  /**
   * Takes money out of a wallet together with other postings, all or none, in the transaction of
   * what it pays for. Errors: INSUFFICIENT_FUNDS, with nothing written.
   */
  public Uni<Void> take(SqlClient tx, Taking taking) {
    return takeAll(tx, List.of(taking))
        .invoke(
            outcomes -> {
              if (outcomes.getFirst() instanceof Outcome.Refused<Taking>(var refusal)) {
                throw refusal;
              }
            })
        .replaceWithVoid();
  }

  /**
   * Takes money out of wallets, each with its other postings, all or none, and each for itself; one
   * outcome a wallet, in the same order. Errors of one: INSUFFICIENT_FUNDS, with nothing written.
   */
  public Uni<List<Outcome<Taking>>> takeAll(SqlClient tx, List<Taking> takings) {
    return openAll(tx, takings.stream().map(Taking::citizenId).collect(Collectors.toSet()))
        .chain(
            wallets ->
                journal.postAll(
                    tx,
                    takings.stream()
                        .map(taking -> taking.postings(wallets.get(taking.citizenId())))
                        .toList()))
        .map(outcomes -> outcomes(takings, outcomes))
        .call(outcomes -> repository.enter(tx, taken(outcomes)));
  }

  private static List<Outcome<Taking>> outcomes(
      List<Taking> takings, List<Outcome<List<LedgerTransfer>>> booked) {
    return IntStream.range(0, takings.size())
        .<Outcome<Taking>>mapToObj(
            i ->
                switch (booked.get(i)) {
                  case Outcome.Done<List<LedgerTransfer>> done -> Outcome.done(takings.get(i));
                  case Outcome.Refused<List<LedgerTransfer>>(var refusal) ->
                      Outcome.refused(refusal);
                })
        .toList();
  }

  private List<Entry> taken(List<Outcome<Taking>> outcomes) {
    Instant now = clock.instant();
    return outcomes.stream()
        .filter(Outcome.Done.class::isInstance)
        .map(outcome -> ((Outcome.Done<Taking>) outcome).result())
        .map(
            taking ->
                entry(
                    taking.citizenId(),
                    Kind.PAYMENT,
                    -taking.movement().amountMinor(),
                    taking.movement(),
                    now))
        .toList();
  }

  private Uni<Map<UUID, CitizenWallet>> openAll(SqlClient tx, Set<UUID> citizenIds) {
    return repository
        .findAll(tx, citizenIds)
        .chain(
            found -> {
              Map<UUID, CitizenWallet> wallets = new HashMap<>();
              found.forEach(wallet -> wallets.put(wallet.citizenId(), wallet));
              return Multi.createFrom()
                  .iterable(
                      citizenIds.stream().filter(id -> !wallets.containsKey(id)).sorted().toList())
                  .onItem()
                  .transformToUniAndConcatenate(id -> openNew(tx, id))
                  .invoke(wallet -> wallets.put(wallet.citizenId(), wallet))
                  .collect()
                  .last()
                  .replaceWith(wallets);
            });
  }

  /** Puts money into a wallet, in the transaction of what it comes from. */
  public Uni<Void> give(
      SqlClient tx, UUID citizenId, long fromAccountId, TransferReason reason, Movement movement) {
    return give(tx, citizenId, fromAccountId, reason, movement, List.of());
  }

  /**
   * Puts money into a wallet together with other postings, all or none. Errors: INSUFFICIENT_FUNDS.
   *
   * @param before postings that go first and may bring what the wallet gets
   */
  public Uni<Void> give(
      SqlClient tx,
      UUID citizenId,
      long fromAccountId,
      TransferReason reason,
      Movement movement,
      List<Posting> before) {
    Kind kind = reason == TransferReason.TOP_UP ? Kind.TOP_UP : Kind.REFUND;
    return open(tx, citizenId)
        .chain(
            wallet ->
                journal.post(
                    tx,
                    Stream.concat(
                            before.stream(),
                            Stream.of(
                                reason.posting(
                                    movement.transferId(),
                                    fromAccountId,
                                    wallet.accountId(),
                                    movement.amountMinor())))
                        .toList()))
        .chain(() -> enter(tx, citizenId, kind, movement.amountMinor(), movement));
  }

  /**
   * Money to be taken out of a wallet.
   *
   * @param movement how much, and for which payment order or charge
   * @param after postings that follow and may need what the wallet gave
   */
  public record Taking(
      UUID citizenId,
      long toAccountId,
      TransferReason reason,
      Movement movement,
      List<Posting> after) {
    private List<Posting> postings(@Nullable CitizenWallet wallet) {
      long from = Objects.requireNonNull(wallet, "opened before").accountId();
      var first = reason.posting(movement.transferId(), from, toAccountId, movement.amountMinor());
      return Stream.concat(Stream.of(first), after.stream()).toList();
    }
  }

  /**
   * How much moves, and what for.
   *
   * @param transferId id of the transfer, so that it is booked once
   * @param referenceId the top-up, payment order or charge
   * @param delegateId who moves it in the citizen's name; null when the citizen or the city does
   */
  public record Movement(
      UUID transferId, UUID referenceId, long amountMinor, @Nullable UUID delegateId) {
    /** What nobody does in another's name. */
    public Movement(UUID transferId, UUID referenceId, long amountMinor) {
      this(transferId, referenceId, amountMinor, null);
    }
  }

  Uni<CitizenWallet> mine(UUID citizenId) {
    return repository
        .find(database.client(), citizenId)
        .chain(
            found ->
                found.isEmpty()
                    ? database.inTransaction(tx -> open(tx, citizenId))
                    : Uni.createFrom().item(found.getFirst()));
  }

  Uni<LedgerAccount> account(CitizenWallet wallet) {
    return accounts.get(wallet.accountId());
  }

  Uni<Page.Cut<Entry>> entries(UUID citizenId, Page page) {
    return repository
        .entries(database.client(), citizenId, page)
        .map(
            rows ->
                page.cut(
                    rows,
                    entry ->
                        List.of(entry.createTime().toString(), entry.transferId().toString())));
  }

  private Uni<CitizenWallet> openNew(SqlClient tx, UUID citizenId) {
    return accounts
        .open(tx, "wallet/" + citizenId, Account.Kind.LIABILITY, Amounts.CURRENCY, true)
        .chain(
            account ->
                repository.insert(
                    tx,
                    new CitizenWallet(
                        citizenId, TimeOrderedId.next(clock), account.id(), clock.instant())))
        .chain(() -> repository.find(tx, citizenId))
        .map(List::getFirst);
  }

  private Uni<Void> enter(
      SqlClient tx, UUID citizenId, Kind kind, long signedMinor, Movement movement) {
    return repository.enter(
        tx, List.of(entry(citizenId, kind, signedMinor, movement, clock.instant())));
  }

  private static Entry entry(
      UUID citizenId, Kind kind, long signedMinor, Movement movement, Instant now) {
    return new Entry(
        citizenId,
        movement.transferId(),
        kind,
        signedMinor,
        movement.referenceId(),
        movement.delegateId(),
        now);
  }
}
