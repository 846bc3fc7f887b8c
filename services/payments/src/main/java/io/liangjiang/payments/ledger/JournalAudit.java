package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.ChainCheck.Entry;
import io.liangjiang.payments.ledger.ChainCheck.Fault;
import io.liangjiang.payments.ledger.ChainRepository.OpenSeal;
import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks the journal and holds it against its chain, so many records at a time, whatever its size; a
 * walk reads one snapshot.
 */
@ApplicationScoped
class JournalAudit {
  private static final int MAX_BATCHES = 1_000;
  private static final int CHUNK_RECORDS = 5_000;
  private static final int WALK_RECORDS = 25_000;
  private static final int WALK_CHUNKS = 20;
  private static final String ONE_SNAPSHOT =
      "set transaction isolation level repeatable read, read only";

  /**
   * How far a walk has come.
   *
   * @param end the last sealed batch that was checked, and the chained hash up to it
   * @param place where to go on
   * @param fault what was found; null when nothing was
   */
  record Walk(ChainEnd end, Place place, long batches, long records, @Nullable Fault fault) {
    static Walk from(ChainEnd end, Place place) {
      return new Walk(end, place, 0, 0, null);
    }

    boolean isOver() {
      return fault != null || place.after == Long.MAX_VALUE;
    }
  }

  /**
   * Where a walk goes on.
   *
   * @param after every record up to this batch was checked
   * @param chained whether the chain goes on; once a walk has come to what is not sealed yet, it
   *     stays there: what is sealed meanwhile may have ids that it has passed
   */
  record Place(long after, boolean chained) {
    static final Place START = new Place(Long.MIN_VALUE, true);
  }

  /** What is checked at once: batches, and where the records end that could be theirs. */
  private record Chunk(List<JournalBatch> batches, long upTo, @Nullable OpenSeal seal) {
    int records() {
      return batches.stream().mapToInt(JournalBatch::recordCount).sum();
    }

    boolean endsSeal() {
      return seal != null && upTo == seal.seal().lastBatchId();
    }
  }

  private final Database database;
  private final ChainRepository repository;
  private final PhaseRepository phases;

  JournalAudit(Database database, ChainRepository repository, PhaseRepository phases) {
    this.database = database;
    this.repository = repository;
    this.phases = phases;
  }

  /** Goes on from there, for so many records, to the end, or to the first fault. */
  Uni<Walk> walk(Walk from) {
    return database.inTransaction(
        tx -> tx.query(ONE_SNAPSHOT).execute().chain(() -> walk(tx, from, WALK_CHUNKS)));
  }

  private Uni<Walk> walk(SqlClient tx, Walk soFar, int chunksLeft) {
    if (soFar.isOver() || chunksLeft == 0 || soFar.records() >= WALK_RECORDS) {
      return Uni.createFrom().item(soFar);
    }
    return step(tx, soFar).chain(next -> walk(tx, next, chunksLeft - 1));
  }

  /** Checks the next chunk. */
  Uni<Walk> step(SqlClient tx, Walk soFar) {
    long after = soFar.place().after();
    Uni<Optional<OpenSeal>> seal =
        soFar.place().chained()
            ? repository.nextSeal(tx, after)
            : Uni.createFrom().item(Optional.empty());
    return seal.chain(found -> chunk(tx, after, found))
        .chain(chunk -> entries(tx, after, chunk).map(entries -> check(soFar, chunk, entries)));
  }

  private Uni<Chunk> chunk(SqlClient tx, long after, Optional<OpenSeal> seal) {
    long rangeEnd = seal.map(open -> open.seal().lastBatchId()).orElse(Long.MAX_VALUE);
    return repository
        .batches(tx, after, rangeEnd, MAX_BATCHES)
        .map(
            found -> {
              var taken = found.subList(0, fitting(found));
              boolean all = taken.size() == found.size() && found.size() < MAX_BATCHES;
              long upTo = all ? rangeEnd : taken.getLast().id();
              return new Chunk(taken, upTo, seal.orElse(null));
            });
  }

  private static int fitting(List<JournalBatch> found) {
    int count = 0;
    long records = 0;
    while (count < found.size() && (count == 0 || records < CHUNK_RECORDS)) {
      records += found.get(count).recordCount();
      count++;
    }
    return count;
  }

  /** One more than there should be shows that there are too many. */
  private Uni<List<Entry>> entries(SqlClient tx, long after, Chunk chunk) {
    return repository
        .entries(tx, after, chunk.upTo(), chunk.records() + 1)
        .chain(entries -> linked(tx, entries));
  }

  private Uni<List<Entry>> linked(SqlClient tx, List<Entry> entries) {
    List<UUID> ids =
        entries.stream()
            .map(Entry::transfer)
            .filter(transfer -> transfer.kind() != Kind.TRANSFER)
            .map(LedgerTransfer::id)
            .toList();
    return ids.isEmpty()
        ? Uni.createFrom().item(entries)
        : phases.findLinks(tx, ids).map(links -> linked(entries, links));
  }

  private static List<Entry> linked(List<Entry> entries, Map<UUID, Links> links) {
    return entries.stream()
        .map(
            entry -> {
              var found = links.getOrDefault(entry.transfer().id(), Links.NONE);
              return new Entry(entry.batchId(), entry.transfer().with(found));
            })
        .toList();
  }

  private static Walk check(Walk soFar, Chunk chunk, List<Entry> entries) {
    OpenSeal open = chunk.seal();
    var check =
        new ChainCheck(
            soFar.end().sha256(),
            open == null ? null : open.seal(),
            open == null ? 0 : open.passed());
    Fault fault = check.check(chunk.batches(), entries, chunk.endsSeal());
    boolean chained = open != null && !chunk.batches().isEmpty();
    return new Walk(
        chained ? new ChainEnd(chunk.batches().getLast().id(), check.hash()) : soFar.end(),
        new Place(chunk.upTo(), open != null),
        soFar.batches() + chunk.batches().size(),
        soFar.records() + check.records(),
        fault);
  }
}
