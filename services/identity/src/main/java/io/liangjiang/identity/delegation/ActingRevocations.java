package io.liangjiang.identity.delegation;

import io.liangjiang.identity.v1.ActingRevoked;
import io.liangjiang.platform.events.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tells the edge that the acting tokens of a delegation are worth nothing any more. */
@ApplicationScoped
class ActingRevocations {
  private final Outbox outbox;

  ActingRevocations(Outbox outbox) {
    this.outbox = outbox;
  }

  /** In the transaction that changes it; without a delegate there are no tokens. */
  Uni<Void> append(SqlConnection tx, Delegation before) {
    UUID delegate = before.parties().delegateId();
    if (delegate == null) {
      return Uni.createFrom().voidItem();
    }
    var event =
        ActingRevoked.newBuilder()
            .setDelegationId(before.id().toString())
            .setDelegationKey(before.tokenKey())
            .setCitizenId(before.parties().citizenId().toString())
            .setDelegateId(delegate.toString())
            .build();
    return outbox.append(tx, "identity.ActingRevoked", before.id().toString(), event);
  }
}
