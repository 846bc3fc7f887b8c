package io.liangjiang.citycode;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Codes that are no longer good though their signature is: single codes by nonce, and all codes of
 * a subject issued before a moment. Immutable and bounded; a reader replaces it as a whole when it
 * synchronises.
 */
public final class RevocationList {
  /** Entries at most; some 10 MB. Entries of expired codes need not be kept. */
  public static final int MAX_ENTRIES = 100_000;

  private static final RevocationList NONE = new RevocationList(Map.of(), Map.of());

  private final Map<Long, Instant> revokeTimeByNonce;
  private final Map<UUID, Instant> revokeTimeBySubject;

  private RevocationList(
      Map<Long, Instant> revokeTimeByNonce, Map<UUID, Instant> revokeTimeBySubject) {
    this.revokeTimeByNonce = revokeTimeByNonce;
    this.revokeTimeBySubject = revokeTimeBySubject;
  }

  /** Nothing is revoked. */
  public static RevocationList none() {
    return NONE;
  }

  /** Starts an empty list. */
  public static Builder builder() {
    return new Builder();
  }

  /** True when a code with these claims, shown at {@code time}, was revoked by then. */
  public boolean revokes(CityCodeClaims claims, Instant time) {
    Instant nonceTime = revokeTimeByNonce.get(claims.nonce());
    if (nonceTime != null && !time.isBefore(nonceTime)) {
      return true;
    }
    Instant subjectTime = revokeTimeBySubject.get(claims.subject());
    return subjectTime != null
        && !time.isBefore(subjectTime)
        && claims.issueTime().isBefore(subjectTime);
  }

  /** Collects entries; for one thread. */
  public static final class Builder {
    private final Map<Long, Instant> byNonce = new HashMap<>();
    private final Map<UUID, Instant> bySubject = new HashMap<>();

    private Builder() {}

    /**
     * Revokes one code from {@code time} on; the earliest time counts.
     *
     * @throws IllegalStateException when the list is full
     */
    public Builder revokeNonce(long nonce, Instant time) {
      byNonce.merge(nonce, time, (a, b) -> a.isBefore(b) ? a : b);
      return checkSize();
    }

    /**
     * Revokes, from {@code time} on, the codes of a subject issued before {@code time}; the latest
     * time counts.
     *
     * @throws IllegalStateException when the list is full
     */
    public Builder revokeSubject(UUID subject, Instant time) {
      bySubject.merge(subject, time, (a, b) -> a.isBefore(b) ? b : a);
      return checkSize();
    }

    private Builder checkSize() {
      if (byNonce.size() + bySubject.size() > MAX_ENTRIES) {
        throw new IllegalStateException("More than " + MAX_ENTRIES + " revocations");
      }
      return this;
    }

    /** The list so far. */
    public RevocationList build() {
      return new RevocationList(Map.copyOf(byNonce), Map.copyOf(bySubject));
    }
  }
}
