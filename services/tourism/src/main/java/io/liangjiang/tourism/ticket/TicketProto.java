package io.liangjiang.tourism.ticket;

import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.tourism.v1.Product.RiderCategory;

/** Tickets as the contract writes them. */
public final class TicketProto {
  private TicketProto() {}

  /** The wire's form of a ticket, for the citizen who bought it: it carries the code. */
  public static io.liangjiang.tourism.v1.Ticket toProto(Ticket ticket) {
    var times = ticket.slot().times();
    var proto =
        io.liangjiang.tourism.v1.Ticket.newBuilder()
            .setTicketId(ticket.ticketId().toString())
            .setTripId(ticket.tripId().toString())
            .setSiteId(ticket.slot().siteId())
            .setTimeSlotId(ticket.slot().timeSlotId().toString())
            .setStartTime(ProtoTime.timestamp(times.start()))
            .setEndTime(ProtoTime.timestamp(times.end()))
            .setHolderName(ticket.maskedName())
            .setRiderCategory(RiderCategory.valueOf(ticket.riderCategory()))
            .setState(io.liangjiang.tourism.v1.Ticket.State.valueOf(ticket.state().name()))
            .setCode(ticket.code());
    var redeemTime = ticket.redeemTime();
    if (redeemTime != null) {
      proto.setRedeemTime(ProtoTime.timestamp(redeemTime));
    }
    return proto.build();
  }
}
