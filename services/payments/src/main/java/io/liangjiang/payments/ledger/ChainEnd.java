package io.liangjiang.payments.ledger;

/**
 * How far the chain of batches goes.
 *
 * @param batchId the last batch in it
 * @param sha256 the chained hash up to it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are never changed nor compared as a record
record ChainEnd(long batchId, byte[] sha256) {
  /** Before the first batch. */
  static final ChainEnd START = new ChainEnd(Long.MIN_VALUE, new byte[JournalHash.SIZE]);
}
