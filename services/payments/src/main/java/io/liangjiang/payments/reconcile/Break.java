package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.match.Difference;
import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.ReconciliationBreak.Owner;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference that was found, and what became of it.
 *
 * @param adjustedMinor what adjusting entries have added to the channel's account so far
 */
record Break(
    UUID id,
    Channel channel,
    LocalDate day,
    Difference difference,
    State state,
    Instant createTime,
    @Nullable Instant resolveTime,
    String resolvedBy,
    String note,
    @Nullable UUID transferId,
    long adjustedMinor) {

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Who has to act. */
  Owner owner() {
    return switch (difference.type()) {
      case BILL_LATE, MISSING_IN_BILL, REFUND_MISSING_IN_BILL, DUPLICATE_IN_BILL -> Owner.CHANNEL;
      case MISSING_IN_BOOKS, REFUND_MISSING_IN_BOOKS, STATE_DIFFERS, REFUND_STATE_DIFFERS ->
          Owner.OPERATIONS;
      case AMOUNT_DIFFERS,
          REFUND_AMOUNT_DIFFERS,
          STRANGERS_ROW,
          FUND_FLOW_DIFFERS,
          TYPE_UNSPECIFIED,
          UNRECOGNIZED ->
          Owner.FINANCE;
    };
  }

  /**
   * What has to be added to the channel's account so that it says what the bill says, fen; zero
   * when no booking helps. What is merely not booked yet is booked when the channel is asked again:
   * an adjustment would count it twice.
   */
  long adjustmentMinor() {
    Type type = difference.type();
    if (difference.kind() == Kind.BILL
        || type == Type.MISSING_IN_BOOKS
        || type == Type.REFUND_MISSING_IN_BOOKS) {
      return 0;
    }
    long missing = or0(difference.billMinor()) - or0(difference.ledgerMinor());
    long signed = difference.kind() == Kind.REFUND ? -missing : missing;
    return signed - adjustedMinor;
  }

  private static long or0(@Nullable Long amount) {
    return amount == null ? 0 : amount;
  }
}
