package io.liangjiang.payments.ledger;

import java.util.Arrays;

/** The beginnings of hashes, one after the other. */
final class Digests {
  private Digests() {}

  static boolean agree(byte[] digests, int index, byte[] hash) {
    int from = index * JournalHash.DIGEST_SIZE;
    int to = from + JournalHash.DIGEST_SIZE;
    return to <= digests.length
        && Arrays.equals(digests, from, to, hash, 0, JournalHash.DIGEST_SIZE);
  }
}
