package io.liangjiang.identity.export;

import java.time.Instant;
import java.util.UUID;

/**
 * An export, and how far it is.
 *
 * @param serviceIndex place of the service that is asked next
 * @param pageToken of its next page; empty for the first
 * @param partCount pages kept
 */
record Gathering(
    UUID id,
    UUID citizenId,
    State state,
    Instant createTime,
    Instant expireTime,
    int serviceIndex,
    String pageToken,
    int partCount,
    long recordCount,
    long byteCount) {
  /** How far it is. */
  enum State {
    /** Services are being asked. */
    GATHERING,
    /** It can be fetched. */
    READY,
    /** It will never be ready. */
    FAILED
  }

  /** One page of one service. */
  record Part(int position, String service, String items, int recordCount) {}

  /** Where it stands once the part is kept. */
  Gathering after(Part part, String nextPageToken, int services, long maxBytes) {
    boolean isServiceDone = nextPageToken.isEmpty();
    int index = isServiceDone ? serviceIndex + 1 : serviceIndex;
    long bytes = byteCount + part.items().length();
    State next = bytes > maxBytes ? State.FAILED : index < services ? State.GATHERING : State.READY;
    return new Gathering(
        id,
        citizenId,
        next,
        createTime,
        expireTime,
        index,
        nextPageToken,
        partCount + 1,
        recordCount + part.recordCount(),
        bytes);
  }
}
