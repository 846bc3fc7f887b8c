package io.liangjiang.identity.erasure;

import io.liangjiang.identity.delegation.Delegations;
import io.liangjiang.identity.session.Sessions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Shuts the doors of an account: nobody signs in, and nobody acts for it or by it. */
@ApplicationScoped
class Accounts {
  private final Sessions sessions;
  private final Delegations delegations;

  Accounts(Sessions sessions, Delegations delegations) {
    this.sessions = sessions;
    this.delegations = delegations;
  }

  Uni<Void> close(SqlConnection tx, UUID citizenId, String actor) {
    return delegations.endAll(tx, citizenId).chain(() -> sessions.closeAll(tx, citizenId, actor));
  }
}
