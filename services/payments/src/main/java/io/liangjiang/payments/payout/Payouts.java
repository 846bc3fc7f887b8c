package io.liangjiang.payments.payout;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.merchant.MerchantRun;
import io.liangjiang.payments.merchant.MerchantRuns;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Payout.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sets money aside for payouts, has the bank pay them, and shows them. */
@ApplicationScoped
public class Payouts {
  private static final Logger LOG = Logger.getLogger(Payouts.class);

  /** The bank may take its whole time-out for each, and together less than the lease of a run. */
  private static final int MAX_MERCHANTS = 50;

  private final Database database;
  private final PayoutRepository repository;
  private final Merchants merchants;
  private final PayoutChannel channel;
  private final BankAnswers answers;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  Payouts(
      Database database,
      PayoutRepository repository,
      Merchants merchants,
      PayoutChannel channel,
      BankAnswers answers,
      SystemAccounts systemAccounts,
      Journal journal,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.merchants = merchants;
    this.channel = channel;
    this.answers = answers;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.clock = clock;
  }

  /** Whether the city has a bank for payouts. */
  public boolean isSetUp() {
    return channel.isSetUp();
  }

  /** How long a page of payouts takes when the bank answers none of them. */
  public Duration longestStep() {
    return channel.callTimeout().multipliedBy(MAX_MERCHANTS);
  }

  /** Pays out to merchants after the one that is named. Errors: PAYOUTS_NOT_SET_UP. */
  public Uni<MerchantRun<MerchantPayout>> runAll(String afterMerchantId) {
    requireChannel();
    return merchants.after(afterMerchantId, MAX_MERCHANTS).chain(this::run);
  }

  /** Pays out to one merchant. Errors: PAYOUTS_NOT_SET_UP, MERCHANT_NOT_FOUND. */
  Uni<MerchantRun<MerchantPayout>> runOne(String merchantId) {
    requireChannel();
    return merchants
        .find(database.client(), merchantId)
        .chain(merchant -> run(List.of(merchant)))
        .map(MerchantRun::alone);
  }

  private void requireChannel() {
    if (!isSetUp()) {
      throw new ServiceException(
          PaymentsReason.PAYOUTS_NOT_SET_UP, "the city has no bank for payouts");
    }
  }

  private Uni<MerchantRun<MerchantPayout>> run(List<Merchant> found) {
    return MerchantRuns.over(
        found,
        MAX_MERCHANTS,
        "payout",
        merchant ->
            database
                .inTransaction(tx -> setAside(tx, merchant.id()))
                .chain(made -> made.isEmpty() ? nothing() : drive(made.get())));
  }

  private static Uni<Optional<MerchantPayout>> nothing() {
    return Uni.createFrom().item(Optional.empty());
  }

  private Uni<Optional<MerchantPayout>> setAside(SqlConnection tx, String merchantId) {
    return merchants
        .lock(tx, merchantId)
        .chain(
            merchant -> {
              BankAccount account = merchant.bankAccount();
              return merchant.isActive() && account != null
                  ? setAside(tx, merchant, account)
                  : nothing();
            });
  }

  private Uni<Optional<MerchantPayout>> setAside(
      SqlConnection tx, Merchant merchant, BankAccount account) {
    return repository
        .due(tx, merchant)
        .chain(
            due -> {
              long amount =
                  PayableRules.payableMinor(
                      due.settledMinor(), due.paidMinor(), due.balanceMinor());
              UUID settlementId = due.lastSettlementId();
              return due.underWay() || amount == 0 || settlementId == null
                  ? nothing()
                  : insert(tx, merchant, payout(merchant, settlementId, amount, account));
            });
  }

  private MerchantPayout payout(
      Merchant merchant, UUID settlementId, long amountMinor, BankAccount account) {
    return new MerchantPayout(
        TimeOrderedId.next(clock),
        merchant.id(),
        settlementId,
        amountMinor,
        account,
        State.CREATED,
        "",
        "",
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        null);
  }

  private Uni<Optional<MerchantPayout>> insert(
      SqlConnection tx, Merchant merchant, MerchantPayout payout) {
    return repository
        .insert(tx, payout)
        .chain(() -> systemAccounts.payoutsInTransit(tx))
        .chain(
            transit ->
                journal.post(
                    tx,
                    List.of(
                        TransferReason.PAYOUT_SET_ASIDE.posting(
                            payout.id(), merchant.accountId(), transit, payout.amountMinor()))))
        .replaceWith(Optional.of(payout));
  }

  /** Asks the bank, and answers with the payout as it then stands; the sweep goes on from there. */
  Uni<Optional<MerchantPayout>> drive(MerchantPayout payout) {
    return repository
        .processing(database.client(), payout.id())
        .chain(
            () ->
                channel.pay(
                    new PayoutChannel.Instruction(
                        payout.number(), payout.account(), payout.amountMinor())))
        .chain(answer -> answers.apply(payout.id(), answer))
        .onFailure()
        .invoke(failure -> LOG.warnf("payout %s: %s", payout.id(), failure.getMessage()))
        .onFailure()
        .recoverWithNull()
        .chain(() -> repository.find(database.client(), payout.id(), null))
        .map(found -> Optional.of(found.getFirst()));
  }

  /** One payout that the caller may see. Errors: PAYOUT_NOT_FOUND. */
  Uni<MerchantPayout> get(Caller caller, UUID id) {
    return repository
        .find(database.client(), id, owner(caller))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new ServiceException(
                    PaymentsReason.PAYOUT_NOT_FOUND, "no such payout of the caller's");
              }
              return found.getFirst();
            });
  }

  /** A page of the payouts that the caller may see. */
  Uni<Page.Cut<MerchantPayout>> page(Caller caller, String merchantId, Page page) {
    return repository
        .page(database.client(), owner(caller), merchantId, page)
        .map(rows -> page.cut(rows, payout -> List.of(payout.id().toString())));
  }

  private static @Nullable String owner(Caller caller) {
    return caller.hasRole("merchant") ? caller.requireOrganisationId() : null;
  }
}
