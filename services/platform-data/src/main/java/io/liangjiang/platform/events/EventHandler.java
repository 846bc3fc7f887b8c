package io.liangjiang.platform.events;

import io.liangjiang.platform.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The effect of an event, in the transaction that also moves the cursor: it happens once. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Applies the event, or does nothing for one that is not its own. It makes no call to another
   * service.
   */
  Uni<Void> handle(SqlConnection tx, Event event);
}
