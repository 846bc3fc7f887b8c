package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Accounts that payments keeps itself; those of the city are opened when first needed. */
@ApplicationScoped
public class SystemAccounts {
  /** Code of the account of the city's fees. */
  public static final String FEE_INCOME = "income/fees";

  /** What the codes of these accounts begin with: the city's own, wallets and merchants. */
  private static final Set<String> ROOTS =
      Set.of(
          "bank",
          "channel",
          "combined",
          "income",
          "insurance",
          "merchant",
          "mixed",
          "payouts",
          "wallet");

  private final Accounts accounts;

  SystemAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Refuses to let others open or close such an account: closed while it happens to be empty it
   * would hold up payments for good, opened with other properties as well. Errors:
   * ACCOUNT_RESERVED.
   */
  static void refuse(String code) {
    int slash = code.indexOf('/');
    if (slash > 0 && ROOTS.contains(code.substring(0, slash))) {
      throw new ServiceException(
          PaymentsReason.ACCOUNT_RESERVED, "payments keeps this account itself");
    }
  }

  /** Money that a channel has collected, or the insurance bureau owes, and has not yet paid out. */
  public Uni<Long> collectedBy(SqlClient tx, Channel channel) {
    if (channel == Channel.MEDICAL_INSURANCE) {
      return insuranceReceivable(tx);
    }
    return open(tx, "channel/" + channel.name(), Kind.ASSET, false);
  }

  /** Money on its way back through a channel. */
  public Uni<Long> refundsOf(SqlClient tx, Channel channel) {
    return open(tx, "channel/" + channel.name() + "/refunds", Kind.LIABILITY, true);
  }

  /** What the city earned in fees. Not guarded: a fee goes back even after the income was used. */
  public Uni<Long> feeIncome(SqlClient tx) {
    return open(tx, FEE_INCOME, Kind.INCOME, false);
  }

  /** Money on its way to merchants' banks. */
  public Uni<Long> payoutsInTransit(SqlClient tx) {
    return open(tx, "payouts/transit", Kind.LIABILITY, true);
  }

  /** The city's account at its bank. */
  public Uni<Long> bank(SqlClient tx) {
    return open(tx, "bank/settlement", Kind.ASSET, false);
  }

  /** Where a payment for several merchants is split; empty between transactions. */
  public Uni<Long> combinedClearing(SqlClient tx) {
    return open(tx, "combined/clearing", Kind.LIABILITY, true);
  }

  /** Where the parts of a payment by insurance and cash meet; nothing stays. */
  public Uni<Long> mixedClearing(SqlClient tx) {
    return open(tx, "mixed/clearing", Kind.LIABILITY, true);
  }

  /** What the insurance bureau owes. */
  public Uni<Long> insuranceReceivable(SqlClient tx) {
    return open(tx, "insurance/receivable", Kind.ASSET, false);
  }

  /** Money set aside until the bureau has taken a settlement back. */
  public Uni<Long> insuranceReversals(SqlClient tx) {
    return open(tx, "insurance/reversals", Kind.LIABILITY, true);
  }

  /** What a channel says it has or has not, and nobody knows yet whose it is. */
  public Uni<Long> suspenseOf(SqlClient tx, Channel channel) {
    return open(tx, "channel/" + channel.name() + "/suspense", Kind.LIABILITY, false);
  }

  /** What a channel keeps for its work. */
  public Uni<Long> feesOf(SqlClient tx, Channel channel) {
    return open(tx, "channel/" + channel.name() + "/fees", Kind.EXPENSE, false);
  }

  private Uni<Long> open(SqlClient tx, String code, Kind kind, boolean guarded) {
    return accounts.open(tx, code, kind, Amounts.CURRENCY, guarded).map(LedgerAccount::id);
  }
}
