package io.liangjiang.payments.wallet;

import io.liangjiang.payments.ledger.Accounts;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.LedgerAccount;
import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.WalletEntry.Kind;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
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
   * Takes money out of a wallet, in the transaction of what it pays for. Errors:
   * INSUFFICIENT_FUNDS, with nothing written.
   *
   * @param movement how much, and for which payment order or charge
   */
  public Uni<Void> take(
      SqlClient tx, UUID citizenId, long toAccountId, TransferReason reason, Movement movement) {
    return take(tx, citizenId, toAccountId, reason, movement, List.of());
  }

  /**
   * Takes money out of a wallet together with other postings, all or none. Errors:
   * INSUFFICIENT_FUNDS, with nothing written.
   *
   * @param after postings that follow and may need what the wallet gave
   */
  public Uni<Void> take(
      SqlClient tx,
      UUID citizenId,
      long toAccountId,
      TransferReason reason,
      Movement movement,
      List<Posting> after) {
    return open(tx, citizenId)
        .chain(
            wallet ->
                journal.post(
                    tx,
                    Stream.concat(
                            Stream.of(
                                reason.posting(
                                    movement.transferId(),
                                    wallet.accountId(),
                                    toAccountId,
                                    movement.amountMinor())),
                            after.stream())
                        .toList()))
        .chain(() -> enter(tx, citizenId, Kind.PAYMENT, -movement.amountMinor(), movement));
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
        tx,
        new Entry(
            citizenId,
            movement.transferId(),
            kind,
            signedMinor,
            movement.referenceId(),
            movement.delegateId(),
            clock.instant()));
  }
}
