package io.liangjiang.payments.ledger;

import java.util.Arrays;

/**
 * Batches that were chained up in one step.
 *
 * @param lastBatchId the last of them
 * @param batchCount how many they were when they were sealed
 * @param presentCount how many there are now
 * @param digests the first bytes of the chained hash of each
 * @param sha256 the chained hash of the last
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are never changed nor compared as a record
record JournalSeal(
    long lastBatchId, int batchCount, int presentCount, byte[] digests, byte[] sha256) {
  /** Whether the chained hash of the batch at that place begins as it was written down. */
  boolean agrees(int index, byte[] hash) {
    return Digests.agree(digests, index, hash);
  }

  boolean endsWith(byte[] hash) {
    return Arrays.equals(sha256, hash);
  }
}
