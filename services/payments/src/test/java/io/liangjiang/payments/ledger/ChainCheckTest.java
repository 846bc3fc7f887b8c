package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.ChainCheck.Difference;
import io.liangjiang.payments.ledger.ChainCheck.Entry;
import io.liangjiang.payments.ledger.ChainCheck.Fault;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check is only worth what it finds: every kind of difference is planted, at every place. */
class ChainCheckTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00.123456Z");
  private static final int[] SIZES = {3, 1, 4};

  private final List<JournalBatch> batches = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Random random = new Random(7);
  private JournalSeal seal;

  @BeforeEach
  void chainUp() {
    for (int i = 0; i < SIZES.length; i++) {
      long id = 10 * (i + 1);
      var transfers = new ArrayList<LedgerTransfer>();
      for (int j = 0; j < SIZES[i]; j++) {
        transfers.add(transfer(1 + random.nextInt(100)));
      }
      transfers.sort(JournalHash.ORDER);
      var batch = JournalHash.batch(transfers);
      batches.add(new JournalBatch(id, SIZES[i], batch.digests(), batch.sha256()));
      transfers.forEach(transfer -> entries.add(new Entry(id, transfer)));
    }
    seal = seal(batches);
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    var check = new ChainCheck(new byte[32], seal, 0);

    assertThat(check.check(batches, entries, true)).isNull();
    assertThat(check.records()).isEqualTo(8);
    assertThat(check.hash()).isEqualTo(seal.sha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void namesTheRecordThatWasChanged(int place) {
    var before = entries.get(place);
    var posting = before.transfer().posting();
    var changed =
        LedgerTransfer.plain(posting.again(posting.transferId(), posting.amountMinor() + 1), NOW);
    entries.set(place, new Entry(before.batchId(), changed));

    assertThat(check())
        .isEqualTo(
            new Fault(Difference.CHANGED, before.batchId(), position(place), posting.transferId()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void namesThePlaceOfTheRecordThatWasRemoved(int place) {
    var removed = entries.remove(place);

    assertThat(check())
        .isEqualTo(new Fault(Difference.REMOVED, removed.batchId(), position(place), null));
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 20, 30})
  void namesTheRecordThatWasInsertedIntoABatch(long batchId) {
    var inserted = transfer(1);
    entries.add(new Entry(batchId, inserted));
    entries.sort(
        (a, b) ->
            a.batchId() == b.batchId()
                ? JournalHash.ORDER.compare(a.transfer(), b.transfer())
                : Long.compare(a.batchId(), b.batchId()));

    var fault = check();

    assertThat(fault.difference()).isEqualTo(Difference.INSERTED);
    assertThat(fault.transferId()).isEqualTo(inserted.id());
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 15, 99})
  void namesTheRecordThatIsInNoBatch(long batchId) {
    var inserted = transfer(1);
    entries.add(new Entry(batchId, inserted));
    entries.sort(java.util.Comparator.comparingLong(Entry::batchId));

    assertThat(check()).isEqualTo(new Fault(Difference.INSERTED, batchId, 0, inserted.id()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void namesTheBatchThatWasWrittenAnewWithItsRecords(int place) {
    var posting = transfer(1_000_000);
    var batch = JournalHash.batch(List.of(posting));
    long id = batches.get(place).id();
    batches.set(place, new JournalBatch(id, 1, batch.digests(), batch.sha256()));
    entries.removeIf(entry -> entry.batchId() == id);
    entries.add(new Entry(id, posting));
    entries.sort(java.util.Comparator.comparingLong(Entry::batchId));

    assertThat(check()).isEqualTo(new Fault(Difference.CHANGED, id, 0, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noticesThatABatchWasRemovedWithItsRecords(int place) {
    long id = batches.remove(place).id();
    entries.removeIf(entry -> entry.batchId() == id);

    assertThat(check().difference()).isEqualTo(Difference.REMOVED);
    assertThat(check().batchId()).isGreaterThanOrEqualTo(id);
  }

  @Test
  void noticesThatTheSealItselfWasChanged() {
    byte[] other = seal.sha256().clone();
    other[31] ^= 1;
    seal = new JournalSeal(seal.lastBatchId(), 3, 3, seal.digests(), other);

    assertThat(check()).isEqualTo(new Fault(Difference.CHANGED, 30, 0, null));
  }

  private Fault check() {
    var present =
        new JournalSeal(
            seal.lastBatchId(), seal.batchCount(), batches.size(), seal.digests(), seal.sha256());
    @Nullable Fault fault = new ChainCheck(new byte[32], present, 0).check(batches, entries, true);
    assertThat(fault).isNotNull();
    return fault;
  }

  private static int position(int place) {
    return place < 3 ? place + 1 : place < 4 ? 1 : place - 3;
  }

  private static JournalSeal seal(List<JournalBatch> batches) {
    var chain = JournalHash.fresh();
    var digests = ByteBuffer.allocate(4 * batches.size());
    batches.forEach(batch -> digests.put(chain.add(batch), 0, 4));
    int count = batches.size();
    return new JournalSeal(batches.getLast().id(), count, count, digests.array(), chain.hash());
  }

  private static LedgerTransfer transfer(long amount) {
    return LedgerTransfer.plain(
        new Posting(UUID.randomUUID(), 1, 2, amount, Amounts.CURRENCY, 3), NOW);
  }
}
