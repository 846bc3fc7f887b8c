package io.liangjiang.tourism.checkin;

import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.tourism.v1.Product.RiderCategory;
import io.liangjiang.tourism.v1.RedeemTicketRequest;

/** Entries as the contract writes them. */
final class CheckInProto {
  private static final int MAX_CODE = 2_000;
  private static final int MAX_ID = 60;
  private static final int MAX_NONCE = 64;

  private CheckInProto() {}

  /** Reads what was shown. Errors: INVALID_ARGUMENT. */
  static CheckIns.Shown shown(RedeemTicketRequest request) {
    new Violations()
        .requireText(request.getCode(), 1, MAX_CODE, "code")
        .requireText(request.getGateId(), 1, MAX_ID, "gate_id")
        .requireText(request.getNonce(), 1, MAX_NONCE, "nonce")
        .throwIfAny();
    return new CheckIns.Shown(request.getCode(), request.getGateId(), request.getNonce());
  }

  static io.liangjiang.tourism.v1.CheckIn toProto(CheckIn checkIn) {
    var ticket = checkIn.ticket();
    return io.liangjiang.tourism.v1.CheckIn.newBuilder()
        .setCheckInId(checkIn.checkInId().toString())
        .setTicketId(ticket.ticketId().toString())
        .setSiteId(checkIn.reading().siteId())
        .setGateId(checkIn.reading().gateId())
        .setTimeSlotId(ticket.slot().timeSlotId().toString())
        .setHolderName(ticket.maskedName())
        .setRiderCategory(RiderCategory.valueOf(ticket.riderCategory()))
        .setRedeemTime(ProtoTime.timestamp(checkIn.redeemTime()))
        .build();
  }
}
