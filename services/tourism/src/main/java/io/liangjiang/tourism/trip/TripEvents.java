package io.liangjiang.tourism.trip;

import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.ticket.TicketRepository;
import io.liangjiang.tourism.v1.TripCancelled;
import io.liangjiang.tourism.v1.TripConfirmed;
import io.liangjiang.tourism.v1.TripRefunded;
import java.util.List;
import java.util.Objects;

/** What is said of trips in the service's event feed: ids and amounts, no names. */
final class TripEvents {
  static final String CONFIRMED = "tourism.TripConfirmed";
  static final String CANCELLED = "tourism.TripCancelled";
  static final String REFUNDED = "tourism.TripRefunded";

  private TripEvents() {}

  static TripConfirmed confirmed(Trip trip, List<TicketRepository.Issue> issues) {
    return TripConfirmed.newBuilder()
        .setBookedBy(trip.bookedBy().toString())
        .setTripId(trip.tripId().toString())
        .setCitizenId(trip.citizenId().toString())
        .setPaymentOrderId(Objects.requireNonNullElse(trip.paymentOrderId(), ""))
        .setTotalAmount(total(trip))
        .addAllTicketIds(issues.stream().map(issue -> issue.ticketId().toString()).toList())
        .build();
  }

  static TripCancelled cancelled(Trip trip, boolean expired) {
    return TripCancelled.newBuilder()
        .setTripId(trip.tripId().toString())
        .setCitizenId(trip.citizenId().toString())
        .setExpired(expired)
        .build();
  }

  static TripRefunded refunded(Trip trip) {
    return TripRefunded.newBuilder()
        .setTripId(trip.tripId().toString())
        .setCitizenId(trip.citizenId().toString())
        .setAmount(total(trip))
        .build();
  }

  private static Money total(Trip trip) {
    return Money.newBuilder().setAmountMinor(trip.totalMinor()).setCurrencyCode("CNY").build();
  }
}
