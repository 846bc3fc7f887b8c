package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it was booked.
 *
 * @param links how it belongs to others; {@link Links#NONE} where nobody looked
 */
public record LedgerTransfer(Posting posting, Kind kind, Links links, Instant createTime) {
  /**
   * How a transfer belongs to others.
   *
   * @param answeredId the transfer that it answers
   * @param answeringId the transfer that answers it
   * @param expireTime when it cannot be posted any more, if it is pending
   */
  public record Links(
      @Nullable UUID answeredId, @Nullable UUID answeringId, @Nullable Instant expireTime) {
    static final Links NONE = new Links(null, null, null);
  }

  static LedgerTransfer plain(Posting posting, Instant createTime) {
    return new LedgerTransfer(posting, Kind.TRANSFER, Links.NONE, createTime);
  }

  UUID id() {
    return posting.transferId();
  }

  LedgerTransfer with(Links known) {
    return new LedgerTransfer(posting, kind, known, createTime);
  }

  LedgerTransfer answeredBy(UUID answeringId) {
    return with(new Links(links.answeredId, answeringId, links.expireTime));
  }

  boolean isExpired(Instant now) {
    return links.expireTime != null && !now.isBefore(links.expireTime);
  }
}
