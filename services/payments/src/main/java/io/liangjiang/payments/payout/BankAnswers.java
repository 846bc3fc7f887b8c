package io.liangjiang.payments.payout;

import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.payout.PayoutChannel.Accepted;
import io.liangjiang.payments.payout.PayoutChannel.Answer;
import io.liangjiang.payments.payout.PayoutChannel.Paid;
import io.liangjiang.payments.payout.PayoutChannel.Refused;
import io.liangjiang.payments.v1.Payout.State;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Books what the bank says, once, however often it says it. */
@ApplicationScoped
class BankAnswers {
  private static final int MAX_TEXT = 200;

  private final Database database;
  private final PayoutRepository repository;
  private final Merchants merchants;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final InstantSource clock;

  BankAnswers(
      Database database,
      PayoutRepository repository,
      Merchants merchants,
      SystemAccounts systemAccounts,
      Journal journal,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.merchants = merchants;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.clock = clock;
  }

  Uni<Void> apply(UUID payoutId, Answer answer) {
    return switch (answer) {
      case Accepted accepted -> Uni.createFrom().voidItem();
      case Paid(String reference) ->
          database.inTransaction(tx -> end(tx, payoutId, State.SUCCEEDED, reference, ""));
      case Refused(String reason) ->
          database.inTransaction(tx -> end(tx, payoutId, State.FAILED, "", reason));
    };
  }

  private Uni<Void> end(
      SqlConnection tx, UUID payoutId, State state, String reference, String reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return repository
        .lock(tx, payoutId)
        .chain(
            payout ->
                payout.isUnderWay()
                    ? repository
                        .end(tx, payout.ended(state, cut(reference), cut(reason), now), now)
                        .chain(() -> book(tx, payout, state))
                    : Uni.createFrom().voidItem());
  }

  /** Paid money leaves the books through the bank; refused money is the merchant's again. */
  private Uni<Void> book(SqlConnection tx, MerchantPayout payout, State state) {
    boolean paid = state == State.SUCCEEDED;
    var reason = paid ? TransferReason.PAYOUT : TransferReason.PAYOUT_REFUSED;
    return journal.move(
        tx,
        systemAccounts.payoutsInTransit(tx),
        paid ? systemAccounts.bank(tx) : merchants.accountOf(tx, payout.merchantId()),
        (transit, to) -> reason.posting(payout.endTransferId(), transit, to, payout.amountMinor()));
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }
}
