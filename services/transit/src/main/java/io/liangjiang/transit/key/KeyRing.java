package io.liangjiang.transit.key;

import io.liangjiang.citycode.SigningKey;
import io.liangjiang.citycode.VerificationKey;
import io.liangjiang.citycode.VerificationKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All keys that still matter, in the order in which they sign. A key signs until the next one
 * starts, and is accepted a little longer: until the last code it signed has expired. Immutable.
 */
public final class KeyRing {
  private final List<Entry> entries;
  private final Duration acceptTail;

  /**
   * One key.
   *
   * @param key the key
   * @param signStartTime from when it signs
   */
  public record Entry(SigningKey key, Instant signStartTime) {}

  /**
   * A key as readers know it.
   *
   * @param key the public part
   * @param encoded the public part, X.509 in DER
   * @param signStartTime from when it signs
   * @param acceptEndTime until when codes signed with it are accepted; empty while it has no
   *     successor
   */
  public record Published(
      VerificationKey key,
      byte[] encoded,
      Instant signStartTime,
      Optional<Instant> acceptEndTime) {}

  /**
   * A ring.
   *
   * @param acceptTail how long after its last signature a key is accepted
   */
  KeyRing(List<Entry> entries, Duration acceptTail) {
    this.entries = entries.stream().sorted(Comparator.comparing(Entry::signStartTime)).toList();
    this.acceptTail = acceptTail;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Entry newest() {
    return entries.getLast();
  }

  /** The key that signs at {@code now}. */
  public SigningKey signingKey(Instant now) {
    Entry found = entries.getFirst();
    for (Entry entry : entries) {
      if (!entry.signStartTime().isAfter(now)) {
        found = entry;
      }
    }
    return found.key();
  }

  /** Every key there is, to judge taps of the past. */
  public VerificationKeys verificationKeys() {
    return VerificationKeys.of(all().stream().map(KeyRing::withEnd).toList());
  }

  /** The keys a reader needs from {@code now} on: also those that sign only later. */
  public List<Published> published(Instant now) {
    return all().stream()
        .filter(key -> key.acceptEndTime().map(now::isBefore).orElse(true))
        .toList();
  }

  /** Ids of keys that were last accepted before {@code time}. */
  List<String> retiredBefore(Instant time) {
    return all().stream()
        .filter(key -> key.acceptEndTime().map(end -> end.isBefore(time)).orElse(false))
        .map(key -> key.key().keyIdHex())
        .toList();
  }

  private List<Published> all() {
    return IntStream.range(0, entries.size()).mapToObj(this::published).toList();
  }

  private Published published(int index) {
    Entry entry = entries.get(index);
    Optional<Instant> acceptEndTime =
        index + 1 < entries.size()
            ? Optional.of(entries.get(index + 1).signStartTime().plus(acceptTail))
            : Optional.empty();
    byte[] encoded = entry.key().encodedPublic();
    return new Published(
        VerificationKey.of(encoded), encoded, entry.signStartTime(), acceptEndTime);
  }

  private static VerificationKey withEnd(Published published) {
    return published.acceptEndTime().map(published.key()::acceptedUntil).orElse(published.key());
  }
}
