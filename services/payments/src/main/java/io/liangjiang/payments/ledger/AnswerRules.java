package io.liangjiang.payments.ledger;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;

/** Which transfer may answer which. */
final class AnswerRules {
  private AnswerRules() {}

  /**
   * Errors: TRANSFER_NOT_PENDING, PENDING_TRANSFER_ANSWERED, PENDING_TRANSFER_EXPIRED,
   * AMOUNT_EXCEEDS_PENDING, TRANSFER_NOT_REVERTIBLE, TRANSFER_REVERTED.
   */
  static void check(Answer answer, LedgerTransfer answered, Instant now) {
    if (answer.kind() == Kind.REVERT) {
      checkRevert(answered);
    } else {
      checkPending(answered);
    }
    if (answer.kind() == Kind.POST) {
      checkPost(answer, answered, now);
    }
  }

  private static void checkRevert(LedgerTransfer answered) {
    if (answered.kind() != Kind.TRANSFER && answered.kind() != Kind.POST) {
      throw new ServiceException(
          PaymentsReason.TRANSFER_NOT_REVERTIBLE, "only what was booked is reverted, and once");
    }
    if (answered.links().answeringId() != null) {
      throw new ServiceException(PaymentsReason.TRANSFER_REVERTED, "it was reverted already")
          .with("answeringTransferId", answered.links().answeringId());
    }
  }

  private static void checkPending(LedgerTransfer answered) {
    if (answered.kind() != Kind.PENDING) {
      throw new ServiceException(PaymentsReason.TRANSFER_NOT_PENDING, "it is not pending");
    }
    if (answered.links().answeringId() != null) {
      throw new ServiceException(
              PaymentsReason.PENDING_TRANSFER_ANSWERED, "it was posted, voided or expired already")
          .with("answeringTransferId", answered.links().answeringId());
    }
  }

  private static void checkPost(Answer answer, LedgerTransfer answered, Instant now) {
    if (answered.isExpired(now)) {
      throw new ServiceException(PaymentsReason.PENDING_TRANSFER_EXPIRED, "its time is up");
    }
    long pendingMinor = answered.posting().amountMinor();
    if (answer.amountOf(pendingMinor) > pendingMinor) {
      throw new ServiceException(
              PaymentsReason.AMOUNT_EXCEEDS_PENDING, "no more can be posted than is pending")
          .with("pendingMinor", pendingMinor);
    }
  }
}
