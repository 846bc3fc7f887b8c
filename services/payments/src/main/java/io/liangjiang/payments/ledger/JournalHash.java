package io.liangjiang.payments.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running SHA-256: each record is hashed together with the hash before it. Of every step the
 * first bytes are kept, to find the place where two chains part. The layout of a record is for
 * ever.
 */
final class JournalHash {
  /** Bytes of a hash. */
  static final int SIZE = 32;

  /** Bytes kept of each step. */
  static final int DIGEST_SIZE = 4;

  /** The order of records in a batch: that of uuid in PostgreSQL. */
  static final Comparator<LedgerTransfer> ORDER =
      Comparator.comparing(LedgerTransfer::id, JournalHash::compare);

  private static final int RECORD_SIZE = 78;

  private final MessageDigest sha256;
  private final ByteBuffer record = ByteBuffer.allocate(RECORD_SIZE);
  private byte[] hash;

  /** Goes on from a hash. */
  JournalHash(byte[] from) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    this.hash = from.clone();
  }

  /** Where every batch, and the chain of batches, begins. */
  static JournalHash fresh() {
    return new JournalHash(new byte[SIZE]);
  }

  /** The chained hash of a batch of sorted transfers. */
  static JournalBatch batch(List<LedgerTransfer> sorted) {
    JournalHash chain = fresh();
    var digests = ByteBuffer.allocate(DIGEST_SIZE * sorted.size());
    sorted.forEach(transfer -> digests.put(chain.add(transfer), 0, DIGEST_SIZE));
    return new JournalBatch(0, sorted.size(), digests.array(), chain.hash);
  }

  byte[] hash() {
    return hash;
  }

  /** Adds a transfer and yields the hash so far. */
  byte[] add(LedgerTransfer transfer) {
    Posting posting = transfer.posting();
    record.clear();
    put(posting.transferId())
        .putLong(posting.debitAccountId())
        .putLong(posting.creditAccountId())
        .putLong(posting.amountMinor())
        .putInt(posting.reasonCode())
        .putLong(micros(transfer.createTime()))
        .putShort((short) transfer.kind().getNumber());
    put(transfer.links().answeredId()).putLong(micros(transfer.links().expireTime()));
    return step();
  }

  /** Adds a batch and yields the hash so far. */
  byte[] add(JournalBatch batch) {
    record.clear();
    record.putLong(batch.id()).put(batch.sha256());
    return step();
  }

  private byte[] step() {
    sha256.update(hash);
    sha256.update(record.array(), 0, record.position());
    hash = sha256.digest();
    return hash;
  }

  private ByteBuffer put(@Nullable UUID id) {
    return id == null
        ? record.putLong(0).putLong(0)
        : record.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static long micros(@Nullable Instant time) {
    return time == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static int compare(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
