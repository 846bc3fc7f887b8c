package io.liangjiang.tourism.checkin;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.ticket.Ticket;
import java.time.Instant;
import java.util.Optional;

/** Whether a ticket opens a gate. */
final class EntryRule {
  private EntryRule() {}

  /**
   * Why not; empty when it opens. A used ticket is not judged here: its check-in tells more.
   *
   * @param siteId site of the gate
   */
  static Optional<ServiceException> refusal(Ticket ticket, String siteId, Instant now) {
    var slot = ticket.slot();
    if (ticket.state() == Ticket.State.CANCELLED) {
      return refuse(TourismReason.TICKET_CANCELLED, "the ticket was given back");
    }
    if (!slot.siteId().equals(siteId)) {
      return refuse(TourismReason.WRONG_SITE, "the ticket is for another site")
          .map(refusal -> refusal.with("siteId", slot.siteId()));
    }
    if (now.isBefore(slot.times().entryOpens())) {
      return refuse(TourismReason.TOO_EARLY, "the gate does not open for the ticket yet")
          .map(refusal -> refusal.with("startTime", slot.times().start()));
    }
    if (!now.isBefore(slot.times().entryCloses())) {
      return refuse(TourismReason.TOO_LATE, "the ticket's time is over")
          .map(refusal -> refusal.with("endTime", slot.times().end()));
    }
    return Optional.empty();
  }

  private static Optional<ServiceException> refuse(TourismReason reason, String message) {
    return Optional.of(new ServiceException(reason, message));
  }
}
