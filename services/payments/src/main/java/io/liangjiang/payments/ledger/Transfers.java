package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Moves money. Single transfers are gathered and committed together, so one hot account does not
 * make everybody queue.
 */
@ApplicationScoped
class Transfers {
  private final Database database;
  private final Journal journal;
  private final LedgerRepository repository;
  private final PhaseRepository phases;
  private final InstantSource clock;
  private final BatchWriter<List<? extends Instruction>, List<LedgerTransfer>> writer;

  Transfers(
      Vertx vertx,
      Database database,
      Journal journal,
      LedgerRepository repository,
      PhaseRepository phases,
      InstantSource clock,
      TransferSettings settings) {
    this.database = database;
    this.journal = journal;
    this.repository = repository;
    this.phases = phases;
    this.clock = clock;
    this.writer =
        new BatchWriter<>(
            vertx,
            settings.queueCapacity(),
            settings.maxBatch(),
            groups -> database.inTransaction(tx -> journal.postAll(tx, groups)));
  }

  /** Books one transfer with the next batch. */
  Uni<LedgerTransfer> create(Instruction wanted) {
    return writer.submit(List.of(wanted)).map(List::getFirst);
  }

  /** Books transfers all or none, in a transaction of their own. */
  Uni<List<LedgerTransfer>> createAll(List<? extends Instruction> wanted) {
    return database.inTransaction(tx -> journal.post(tx, wanted));
  }

  /** Books transfers with the next batches, each for itself; one outcome a transfer. */
  Uni<List<Outcome<List<LedgerTransfer>>>> createEach(List<Instruction> wanted) {
    return writer.submitAll(wanted.stream().<List<? extends Instruction>>map(List::of).toList());
  }

  /** Releases pending transfers whose time is up, as far as nobody else has. */
  Uni<Void> expireAll(List<UUID> pendingIds) {
    var answers =
        pendingIds.stream()
            .map(id -> List.of(Answer.inFull(TimeOrderedId.next(clock), id, Kind.EXPIRE)))
            .toList();
    return database.inTransaction(tx -> journal.postAll(tx, answers)).replaceWithVoid();
  }

  /** Reads one transfer, with how it belongs to others. Errors: TRANSFER_NOT_FOUND. */
  Uni<LedgerTransfer> get(UUID transferId) {
    return Uni.combine()
        .all()
        .unis(
            repository.findTransfers(database.client(), List.of(transferId)),
            phases.findLinks(database.client(), List.of(transferId)))
        .with(
            (found, links) -> {
              if (found.isEmpty()) {
                throw new ServiceException(PaymentsReason.TRANSFER_NOT_FOUND, "no such transfer");
              }
              return found.getFirst().with(links.getOrDefault(transferId, Links.NONE));
            });
  }

  /** Transfers that wait now. */
  int queued() {
    return writer.queued();
  }
}
