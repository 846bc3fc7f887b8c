package io.liangjiang.identity.citizen;

import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodLinked;
import io.liangjiang.identity.v1.SignInMethodUnlinked;
import io.liangjiang.platform.events.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tells others, and the auditor, which ways to sign in an account got and lost. */
@ApplicationScoped
public class WaysIn {
  /** One way to sign in, without what its owner knows it by. */
  public record Way(UUID methodId, SignInMethodKind kind) {}

  private final Outbox outbox;
  private final AuditRecords audit;

  WaysIn(Outbox outbox, AuditRecords audit) {
    this.outbox = outbox;
    this.audit = audit;
  }

  /** An account got a way to sign in, in this transaction. */
  public Uni<Void> linked(SqlConnection tx, UUID accountId, Way way) {
    String owner = accountId.toString();
    var event =
        SignInMethodLinked.newBuilder()
            .setSubject(owner)
            .setSignInMethodId(way.methodId().toString())
            .setKind(way.kind())
            .build();
    return outbox
        .append(tx, "identity.SignInMethodLinked", owner, event)
        .chain(() -> audit.append(tx, "sign-in-method.linked", owner, owner, detail(way)));
  }

  /** An account lost a way to sign in, in this transaction. */
  public Uni<Void> unlinked(SqlConnection tx, UUID accountId, Way way) {
    String owner = accountId.toString();
    var event =
        SignInMethodUnlinked.newBuilder()
            .setSubject(owner)
            .setSignInMethodId(way.methodId().toString())
            .setKind(way.kind())
            .build();
    return outbox
        .append(tx, "identity.SignInMethodUnlinked", owner, event)
        .chain(() -> audit.append(tx, "sign-in-method.unlinked", owner, owner, detail(way)));
  }

  private static String detail(Way way) {
    return way.kind() + " " + way.methodId();
  }
}
