package io.liangjiang.identity.signing;

import com.google.protobuf.Message;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.CallerContext;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the first keys, rotates them, and keeps this process's ring up to date. */
@ApplicationScoped
class SigningKeys {
  private final SigningKeyRepository repository;
  private final SigningKeyFactory factory;
  private final SigningWorkers workers;
  private final Database database;
  private final Idempotency idempotency;
  private final AuditRecords audit;
  private final IdentitySettings settings;
  private final InstantSource clock;
  private volatile @Nullable KeyRing ring;
  private volatile @Nullable Uni<KeyRing> loading;

  SigningKeys(
      SigningKeyRepository repository,
      SigningKeyFactory factory,
      SigningWorkers workers,
      Database database,
      Idempotency idempotency,
      AuditRecords audit,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.factory = factory;
    this.workers = workers;
    this.database = database;
    this.idempotency = idempotency;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether this process can sign. */
  boolean isLoaded() {
    return ring != null;
  }

  /**
   * The ring; loaded, and in an empty database made, when it is not here yet. Callers that come
   * while it is being made wait for the same one: a key is dear to make, and a city that starts
   * asks from all sides. It arrives where the caller was.
   */
  Uni<KeyRing> current() {
    KeyRing known = ring;
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return CallerContext.deliver(loadedOnce());
  }

  private synchronized Uni<KeyRing> loadedOnce() {
    Uni<KeyRing> running = loading;
    if (running == null) {
      running = reload().onTermination().invoke(() -> loading = null).memoize().indefinitely();
      loading = running;
    }
    return running;
  }

  /** Looks at the table again. */
  Uni<KeyRing> reload() {
    return published()
        .chain(keys -> keys.isEmpty() ? first().chain(this::published) : item(keys))
        .chain(keys -> workers.run(() -> ring(keys)))
        .invoke(loaded -> ring = loaded);
  }

  /** The published keys, newest first. */
  Uni<List<SigningKey>> published() {
    Instant retiredAfter = clock.instant().minus(settings.signingKeys().retiredPublishedFor());
    return repository.published(database.client(), retiredAfter);
  }

  /** Rotates once for the request id; the answer is made of the key that is active from now on. */
  <R extends Message> Uni<R> rotate(
      Caller admin,
      String requestId,
      Message request,
      R defaultResponse,
      java.util.function.Function<SigningKey, R> answer) {
    Instant now = Columns.now(clock);
    return workers
        .run(() -> factory.create(now))
        .chain(
            next ->
                idempotency.once(
                    admin,
                    requestId,
                    request,
                    defaultResponse,
                    tx -> rotate(tx, admin, next, now).map(answer)))
        .call(this::reload);
  }

  private Uni<SigningKey> rotate(SqlConnection tx, Caller admin, SigningKey next, Instant now) {
    return repository
        .lock(tx)
        .chain(() -> repository.rotate(tx, now))
        .call(() -> repository.insert(tx, next))
        .call(key -> audit.append(tx, "signing-key.rotated", admin.subject(), key.id(), ""));
  }

  private Uni<Void> first() {
    Instant now = Columns.now(clock);
    return workers
        .run(() -> List.of(factory.create(now).activated(now), factory.create(now)))
        .chain(keys -> database.inTransaction(tx -> insertFirst(tx, keys)));
  }

  private Uni<Void> insertFirst(SqlConnection tx, List<SigningKey> keys) {
    return repository
        .lock(tx)
        .chain(() -> repository.published(tx, Instant.EPOCH))
        .chain(
            there ->
                there.isEmpty()
                    ? repository
                        .insert(tx, keys.getFirst())
                        .chain(() -> repository.insert(tx, keys.getLast()))
                    : Uni.createFrom().voidItem());
  }

  private KeyRing ring(List<SigningKey> keys) {
    SigningKey active =
        keys.stream()
            .filter(key -> key.state() == SigningKey.State.ACTIVE)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no signing key is active"));
    KeyRing known = ring;
    return known != null && known.activeKeyId().equals(active.id())
        ? new KeyRing(active.id(), known.activeKey(), keys)
        : new KeyRing(active.id(), factory.privateKey(active), keys);
  }

  private static Uni<List<SigningKey>> item(List<SigningKey> keys) {
    return Uni.createFrom().item(keys);
  }
}
