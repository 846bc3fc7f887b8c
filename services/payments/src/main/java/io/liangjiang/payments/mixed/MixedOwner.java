package io.liangjiang.payments.mixed;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Books what an attempt came to. Runs in the transaction of the step, with the attempt locked; the
 * money of both parts is in the account that {@code SystemAccounts.mixedClearing} names.
 */
public interface MixedOwner {
  /** Both parts are paid. */
  Uni<Void> completed(SqlConnection tx, MixedPayment payment);

  /** The cash is here and is not wanted: it goes back through its channel. */
  Uni<Void> cashUnwanted(SqlConnection tx, MixedPayment payment);

  /** Nothing is kept. */
  Uni<Void> ended(SqlConnection tx, MixedPayment payment);
}
