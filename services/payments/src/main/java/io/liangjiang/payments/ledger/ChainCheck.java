package io.liangjiang.payments.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds batches and their records, in order, against what was written down about them, and finds
 * the first that differs. Plain arithmetic; what is read comes from outside, a chunk at a time.
 */
final class ChainCheck {
  /** What happened to a record, or to a whole batch. */
  enum Difference {
    CHANGED,
    REMOVED,
    INSERTED
  }

  /**
   * The first difference.
   *
   * @param batchId the batch that the record is in or was in
   * @param position of the record in its batch, from 1; 0 for the batch itself
   * @param transferId the record that stands there; null when that is another one or none
   */
  record Fault(Difference difference, long batchId, int position, @Nullable UUID transferId) {}

  /**
   * A record as it was read.
   *
   * @param batchId the batch that it says it is in
   */
  record Entry(long batchId, LedgerTransfer transfer) {}

  private final JournalHash chain;
  private final @Nullable JournalSeal seal;
  private int indexInSeal;
  private long records;

  /**
   * @param from the chained hash so far
   * @param seal the seal that the batches are under; null when they are not sealed yet
   * @param indexInSeal how many batches of the seal were checked before
   */
  ChainCheck(byte[] from, @Nullable JournalSeal seal, int indexInSeal) {
    this.chain = new JournalHash(from);
    this.seal = seal;
    this.indexInSeal = indexInSeal;
  }

  /** The chained hash up to the last batch under the seal. */
  byte[] hash() {
    return chain.hash();
  }

  /** Records that were checked. */
  long records() {
    return records;
  }

  /**
   * Checks batches that follow each other, with every record between the batch before the first and
   * the last of them.
   *
   * @param sealEnds whether the seal ends with the last of them
   */
  @Nullable Fault check(List<JournalBatch> batches, List<Entry> entries, boolean sealEnds) {
    Iterator<Entry> left = entries.iterator();
    @Nullable Entry next = next(left);
    for (JournalBatch batch : batches) {
      if (next != null && next.batchId < batch.id()) {
        return stray(next);
      }
      JournalHash own = JournalHash.fresh();
      int index = 0;
      while (next != null && next.batchId == batch.id()) {
        if (!batch.agrees(index, own.add(next.transfer))) {
          return differing(batch, entries, index, next);
        }
        records++;
        index++;
        next = next(left);
      }
      if (index < batch.recordCount()) {
        return new Fault(Difference.REMOVED, batch.id(), index + 1, null);
      }
      Fault fault = checkBatch(batch, own.hash());
      if (fault != null) {
        return fault;
      }
    }
    if (next != null) {
      return stray(next);
    }
    return sealEnds ? checkSealEnd() : null;
  }

  private @Nullable Fault checkBatch(JournalBatch batch, byte[] recomputed) {
    if (!batch.endsWith(recomputed)) {
      return new Fault(Difference.CHANGED, batch.id(), 0, null);
    }
    if (seal == null) {
      return null;
    }
    if (!seal.agrees(indexInSeal, chain.add(batch))) {
      return new Fault(difference(seal.presentCount(), seal.batchCount()), batch.id(), 0, null);
    }
    indexInSeal++;
    return null;
  }

  private @Nullable Fault checkSealEnd() {
    if (seal == null) {
      return null;
    }
    if (indexInSeal < seal.batchCount()) {
      return new Fault(Difference.REMOVED, seal.lastBatchId(), 0, null);
    }
    return seal.endsWith(chain.hash())
        ? null
        : new Fault(Difference.CHANGED, seal.lastBatchId(), 0, null);
  }

  private static Fault differing(JournalBatch batch, List<Entry> entries, int index, Entry found) {
    int present = (int) entries.stream().filter(e -> e.batchId == batch.id()).count();
    Difference difference = difference(present, batch.recordCount());
    UUID id = difference == Difference.REMOVED ? null : found.transfer.id();
    return new Fault(difference, batch.id(), index + 1, id);
  }

  private static Fault stray(Entry entry) {
    return new Fault(Difference.INSERTED, entry.batchId, 0, entry.transfer.id());
  }

  private static Difference difference(int present, int written) {
    if (present == written) {
      return Difference.CHANGED;
    }
    return present < written ? Difference.REMOVED : Difference.INSERTED;
  }

  private static @Nullable Entry next(Iterator<Entry> left) {
    return left.hasNext() ? left.next() : null;
  }
}
