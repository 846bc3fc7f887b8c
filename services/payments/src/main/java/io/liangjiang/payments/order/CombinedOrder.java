package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One payment over several merchants; what each of them gets is an {@link Order} that is a part.
 *
 * @param delegateId who paid, or pays, in the payer's name; null when the payer did
 * @param createdBy the service that created it
 * @param amountMinor the sum of the parts
 * @param state never one of a refund: those are states of the parts
 */
record CombinedOrder(
    UUID id,
    UUID payerId,
    @Nullable UUID delegateId,
    String createdBy,
    String businessReference,
    long amountMinor,
    State state,
    Channel channel,
    Instant createTime,
    Instant expireTime,
    @Nullable Instant payTime) {

  boolean isOpen() {
    return state == State.CREATED || state == State.PENDING;
  }

  boolean isPaid() {
    return payTime != null;
  }

  boolean isUnderWay(Channel wanted) {
    return state == State.PENDING && channel == wanted;
  }

  CombinedOrder in(State newState, Channel newChannel, @Nullable Instant paid) {
    return with(delegateId, newState, newChannel, paid);
  }

  /** The same with somebody else, or nobody, who pays in the payer's name. */
  CombinedOrder by(@Nullable UUID newDelegateId) {
    return with(newDelegateId, state, channel, payTime);
  }

  private CombinedOrder with(
      @Nullable UUID newDelegateId, State newState, Channel newChannel, @Nullable Instant paid) {
    return new CombinedOrder(
        id,
        payerId,
        newDelegateId,
        createdBy,
        businessReference,
        amountMinor,
        newState,
        newChannel,
        createTime,
        expireTime,
        paid);
  }
}
