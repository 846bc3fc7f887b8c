package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.LineKind;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment order.
 *
 * @param combinedOrderId the combined order that it is a part of, if it is one
 * @param delegateId who paid, or pays, in the payer's name; null when the payer did
 * @param createdBy the service that created it
 * @param refundedMinor what was asked back, whether or not it has arrived
 */
record Order(
    UUID id,
    @Nullable UUID combinedOrderId,
    UUID payerId,
    @Nullable UUID delegateId,
    String merchantId,
    String createdBy,
    String businessReference,
    List<Line> lines,
    long amountMinor,
    long refundedMinor,
    int refundCount,
    State state,
    Channel channel,
    Instant createTime,
    Instant expireTime,
    @Nullable Instant payTime) {

  /** One thing that is paid for; a reduction counts the other way. */
  record Line(String description, int quantity, long amountMinor, LineKind kind) {
    long signedMinor() {
      return kind == LineKind.REDUCTION ? -amountMinor : amountMinor;
    }
  }

  /** What all lines of a kind add up to. */
  long sumMinor(LineKind kind) {
    return lines.stream().filter(line -> line.kind() == kind).mapToLong(Line::amountMinor).sum();
  }

  /** A part is paid and closed with the whole. Errors: PART_OF_COMBINED_ORDER. */
  void refusePart() {
    if (combinedOrderId != null) {
      throw partOfCombined();
    }
  }

  ServiceException partOfCombined() {
    return new ServiceException(
            PaymentsReason.PART_OF_COMBINED_ORDER, "it is paid and closed with the whole")
        .with("combinedOrderId", String.valueOf(combinedOrderId));
  }

  boolean isOpen() {
    return state == State.CREATED || state == State.PENDING;
  }

  boolean isPaid() {
    return payTime != null;
  }

  long leftMinor() {
    return amountMinor - refundedMinor;
  }

  /** State of a paid order of which that much went back or is on its way. */
  State stateWithRefunded(long refundedMinor) {
    if (refundedMinor == 0) {
      return State.SUCCEEDED;
    }
    return refundedMinor == amountMinor ? State.REFUNDED : State.PARTIALLY_REFUNDED;
  }

  /** What the citizen reads in the channel's own app. */
  String description() {
    String first = lines.getFirst().description();
    return first.length() > 40 ? first.substring(0, 40) : first;
  }
}
