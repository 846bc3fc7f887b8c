package io.liangjiang.payments.collect;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Books what was collected: one bean for wallets, one for orders. Runs in the transaction that ends
 * the attempt.
 */
public interface Collector {
  /** Whether the attempt is one that this bean began. */
  boolean owns(ChannelPayment payment);

  /** The money is at the channel. */
  Uni<Void> collected(SqlConnection tx, ChannelPayment payment);

  /** The attempt can no longer bring money. */
  Uni<Void> closed(SqlConnection tx, ChannelPayment payment);
}
