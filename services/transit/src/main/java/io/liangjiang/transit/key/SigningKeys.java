package io.liangjiang.transit.key;

import io.liangjiang.citycode.SigningKey;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.transit.TransitReason;
import io.liangjiang.transit.TransitSettings;
import io.liangjiang.transit.key.KeyRing.Entry;
import io.liangjiang.transit.key.KeyRing.Published;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys in use: makes the first one, hands out the ring, rotates. */
@ApplicationScoped
public class SigningKeys {
  /**
   * How long a replica goes on with the ring it read; much shorter than keys are published ahead.
   */
  public static final Duration CACHE_LIFE = Duration.ofSeconds(30);

  private record Cached(KeyRing ring, Instant readTime) {}

  private final Database database;
  private final SigningKeyRepository repository;
  private final TransitSettings settings;
  private final InstantSource clock;
  private volatile @Nullable Cached cached;

  SigningKeys(
      Database database,
      SigningKeyRepository repository,
      TransitSettings settings,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.settings = settings;
    this.clock = clock;
  }

  /** All keys that still matter; there is at least one. */
  public Uni<KeyRing> ring() {
    Cached known = cached;
    Instant now = clock.instant();
    if (known != null && Duration.between(known.readTime(), now).abs().compareTo(CACHE_LIFE) < 0) {
      return Uni.createFrom().item(known.ring());
    }
    return read(database.client())
        .chain(ring -> ring.isEmpty() ? createFirst() : Uni.createFrom().item(ring))
        .invoke(ring -> cached = new Cached(ring, now));
  }

  /**
   * Adds the next key, which signs once it has been published long enough. Errors:
   * KEY_ROTATION_PENDING while the one before does not sign yet.
   */
  public Uni<Published> rotate(SqlConnection tx) {
    Instant now = clock.instant();
    return repository
        .lock(tx)
        .chain(() -> read(tx))
        .chain(ring -> rotate(tx, ring, now))
        .invoke(() -> cached = null);
  }

  /** Rotates by itself once the newest key has signed for its life. */
  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> rotateWhenDue() {
    return ring()
        .chain(
            ring -> {
              Instant due = ring.newest().signStartTime().plus(settings.keyLifetime());
              return clock.instant().isBefore(due)
                  ? Uni.createFrom().voidItem()
                  : database.inTransaction(this::rotate).replaceWithVoid();
            });
  }

  private Uni<Published> rotate(SqlConnection tx, KeyRing ring, Instant now) {
    if (!ring.isEmpty() && ring.newest().signStartTime().isAfter(now)) {
      throw new ServiceException(
              TransitReason.KEY_ROTATION_PENDING, "the newest key does not sign yet")
          .with("signStartTime", ring.newest().signStartTime());
    }
    Instant start =
        (ring.isEmpty() ? now : now.plus(settings.keyPublishLead()))
            .truncatedTo(ChronoUnit.SECONDS);
    Entry next = new Entry(SigningKey.generate(), start);
    List<String> retired = ring.retiredBefore(now.minus(settings.maxTapAge()));
    return repository
        .insert(tx, next)
        .chain(() -> repository.delete(tx, retired))
        .map(done -> new KeyRing(List.of(next), acceptTail()).published(now).getFirst());
  }

  private Uni<KeyRing> createFirst() {
    return database.inTransaction(
        tx ->
            repository
                .lock(tx)
                .chain(() -> read(tx))
                .chain(
                    ring ->
                        ring.isEmpty()
                            ? rotate(tx, ring, clock.instant()).chain(() -> read(tx))
                            : Uni.createFrom().item(ring)));
  }

  private Uni<KeyRing> read(SqlClient client) {
    return repository.list(client).map(entries -> new KeyRing(entries, acceptTail()));
  }

  private Duration acceptTail() {
    return settings.codeLifetime().plus(settings.clockSkew()).plus(CACHE_LIFE);
  }
}
