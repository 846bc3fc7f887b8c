package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
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
  private final BatchWriter<List<Posting>, List<LedgerTransfer>> writer;

  Transfers(
      Vertx vertx,
      Database database,
      Journal journal,
      LedgerRepository repository,
      TransferSettings settings) {
    this.database = database;
    this.journal = journal;
    this.repository = repository;
    this.writer =
        new BatchWriter<>(
            vertx,
            settings.queueCapacity(),
            settings.maxBatch(),
            groups -> database.inTransaction(tx -> journal.postAll(tx, groups)));
  }

  /** Books one transfer with the next batch. */
  Uni<LedgerTransfer> create(Posting posting) {
    return writer.submit(List.of(posting)).map(List::getFirst);
  }

  /** Books transfers all or none, in a transaction of their own. */
  Uni<List<LedgerTransfer>> createAll(List<Posting> postings) {
    return database.inTransaction(tx -> journal.post(tx, postings));
  }

  Uni<LedgerTransfer> get(UUID transferId) {
    return repository
        .findTransfers(database.client(), List.of(transferId))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new ServiceException(PaymentsReason.TRANSFER_NOT_FOUND, "no such transfer");
              }
              return found.getFirst();
            });
  }

  /** Transfers that wait now. */
  int queued() {
    return writer.queued();
  }
}
