package io.liangjiang.payments.ledger;

import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Chains committed batches up, in the order of their ids. An id is given out before its batch is
 * committed, so a step only notes how far ids were given out and which transactions had begun by
 * then; when those have ended, no lower id can appear any more, and a later step seals up to there.
 */
@ApplicationScoped
class JournalSealing {
  private static final int MAX_BATCHES = 1_000;

  /**
   * How far can be sealed, once.
   *
   * @param batchId the last id that was given out
   * @param transaction all that had begun to write by then have a lower number
   */
  private record Horizon(long batchId, long transaction) {}

  private final Database database;
  private final ChainRepository repository;
  private final AtomicReference<@Nullable Horizon> noted = new AtomicReference<>();

  JournalSealing(Database database, ChainRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** Seals up to the horizon that the last step noted, if that has come, and notes a new one. */
  @Scheduled(
      every = "${liangjiang.payments.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> step() {
    Horizon horizon = noted.get();
    return horizon == null ? note() : sealUpTo(horizon);
  }

  private Uni<Void> sealUpTo(Horizon horizon) {
    return repository
        .finished(database.client())
        .chain(
            finished ->
                finished < horizon.transaction()
                    ? Uni.createFrom().voidItem()
                    : seal(horizon.batchId()).chain(this::note));
  }

  /** The ids first, then the transactions: whoever drew such an id had begun by then. */
  private Uni<Void> note() {
    return repository
        .lastIssued(database.client())
        .chain(
            last ->
                repository
                    .begun(database.client())
                    .invoke(
                        begun -> noted.set(last.map(id -> new Horizon(id, begun)).orElse(null))))
        .replaceWithVoid();
  }

  private Uni<Void> seal(long upTo) {
    return database
        .inTransaction(tx -> repository.lock(tx).chain(() -> sealSome(tx, upTo)))
        .chain(count -> count < MAX_BATCHES ? Uni.createFrom().voidItem() : seal(upTo));
  }

  private Uni<Integer> sealSome(SqlClient tx, long upTo) {
    return repository
        .end(tx)
        .chain(
            end ->
                repository
                    .batches(tx, end.batchId(), upTo, MAX_BATCHES)
                    .chain(batches -> write(tx, end, batches)));
  }

  private Uni<Integer> write(SqlClient tx, ChainEnd end, List<JournalBatch> batches) {
    if (batches.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    var chain = new JournalHash(end.sha256());
    var digests = ByteBuffer.allocate(JournalHash.DIGEST_SIZE * batches.size());
    batches.forEach(batch -> digests.put(chain.add(batch), 0, JournalHash.DIGEST_SIZE));
    int count = batches.size();
    var seal = new JournalSeal(batches.getLast().id(), count, count, digests.array(), chain.hash());
    return repository.seal(tx, seal).replaceWith(count);
  }
}
