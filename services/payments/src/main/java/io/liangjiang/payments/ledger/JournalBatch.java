package io.liangjiang.payments.ledger;

import java.util.Arrays;

/**
 * What was committed together, as the chain sees it.
 *
 * @param id in the order in which batches were written; 0 before it is known
 * @param recordCount how many transfers it has
 * @param digests the first bytes of the chained hash of each
 * @param sha256 the chained hash of the last
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are never changed nor compared as a record
record JournalBatch(long id, int recordCount, byte[] digests, byte[] sha256) {
  /** Whether the chained hash of the record at that place begins as it was written down. */
  boolean agrees(int index, byte[] hash) {
    return Digests.agree(digests, index, hash);
  }

  boolean endsWith(byte[] hash) {
    return Arrays.equals(sha256, hash);
  }
}
