package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.Map;
import java.util.UUID;

/** The same request again: the first transfer, if the content is the same. */
final class Replay {
  private Replay() {}

  /**
   * The earlier transfer. Errors: REQUEST_ID_REUSED.
   *
   * @param known has the transfer that the earlier one answers
   */
  static LedgerTransfer of(
      LedgerTransfer earlier, Instruction wanted, Map<UUID, LedgerTransfer> known) {
    boolean same =
        switch (wanted) {
          case Posting posting ->
              earlier.kind() == Kind.TRANSFER && earlier.posting().equals(posting);
          case Reservation reservation -> isSame(earlier, reservation);
          case Answer answer -> isSame(earlier, answer, known.get(answer.answeredId()));
        };
    if (!same) {
      throw new ServiceException(
              PlatformReason.REQUEST_ID_REUSED, "the request id was used for another transfer")
          .with("transferId", wanted.transferId());
    }
    return earlier;
  }

  private static boolean isSame(LedgerTransfer earlier, Reservation wanted) {
    return earlier.kind() == Kind.PENDING
        && earlier.posting().equals(wanted.posting())
        && earlier.createTime().plus(wanted.ttl()).equals(earlier.links().expireTime());
  }

  private static boolean isSame(
      LedgerTransfer earlier,
      Answer wanted,
      @org.jspecify.annotations.Nullable LedgerTransfer answered) {
    return answered != null
        && earlier.kind() == wanted.kind()
        && answered.id().equals(earlier.links().answeredId())
        && earlier.posting().amountMinor() == wanted.amountOf(answered.posting().amountMinor());
  }
}
