package io.liangjiang.healthcare.slot;

import io.liangjiang.platform.reservation.PoolState;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import java.time.Instant;

/** Slots as the wire writes them. */
public final class SlotProto {
  private static final String CURRENCY = "CNY";

  private SlotProto() {}

  static io.liangjiang.healthcare.v1.Slot toProto(Slot slot, PoolState pool, Instant now) {
    var window = slot.bookingWindow(now);
    return io.liangjiang.healthcare.v1.Slot.newBuilder()
        .setSlotId(slot.slotId().toString())
        .setDepartmentId(slot.place().departmentId())
        .setPractitionerId(slot.place().practitionerId())
        .setPractitionerName(slot.place().practitionerName())
        .setPractitionerTitle(slot.place().practitionerTitle())
        .setSession(slot.session())
        .setStartTime(ProtoTime.timestamp(slot.time().start()))
        .setEndTime(ProtoTime.timestamp(slot.time().end()))
        .setStatus(slot.statusAt(now, pool))
        .setCapacity(pool.capacity())
        .setRemaining(pool.remaining())
        .setFee(fee(slot.feeMinor()))
        .setBookingOpenTime(ProtoTime.timestamp(window.opensAt()))
        .setBookingCloseTime(ProtoTime.timestamp(window.closesAt()))
        .build();
  }

  /** A fee in fen. */
  public static Money fee(long feeMinor) {
    return Money.newBuilder().setAmountMinor(feeMinor).setCurrencyCode(CURRENCY).build();
  }
}
