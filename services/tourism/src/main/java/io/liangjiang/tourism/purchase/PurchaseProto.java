package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.ticket.Ticket;
import io.liangjiang.tourism.ticket.TicketProto;
import io.liangjiang.tourism.trip.Trip;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest.Holder;
import io.liangjiang.tourism.v1.ListTripsResponse;
import io.liangjiang.tourism.v1.Product.RiderCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Trips as the contract writes them. */
final class PurchaseProto {
  private static final int MAX_ITEMS = 20;
  private static final int MAX_NAME = 50;

  private PurchaseProto() {}

  /** Reads what is wanted. Errors: INVALID_ARGUMENT with all violations, INVALID_ID_NUMBER. */
  static List<Wanted> wanted(CreateTripRequest request) {
    var items = request.getItemsList();
    var violations = new Violations();
    violations.require(
        !items.isEmpty() && items.size() <= MAX_ITEMS, "items", "must have 1 to 20 items");
    for (int i = 0; i < items.size() && i < MAX_ITEMS; i++) {
      check(items.get(i), "items[" + i + "].", violations);
    }
    violations.throwIfAny();
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      wanted.add(
          new Wanted(
              UUID.fromString(item.getTimeSlotId()),
              item.getRiderCategory().name(),
              holder(item.getHolder(), "items[" + i + "].holder.id_number")));
    }
    return wanted;
  }

  private static void check(CreateTripRequest.Item item, String path, Violations violations) {
    violations
        .requireUuid(item.getTimeSlotId(), path + "time_slot_id")
        .require(
            item.getRiderCategory() != RiderCategory.RIDER_CATEGORY_UNSPECIFIED
                && item.getRiderCategory() != RiderCategory.UNRECOGNIZED,
            path + "rider_category",
            "must be one of the categories");
    var holder = item.getHolder();
    boolean hasDocument = !holder.getName().isEmpty() || !holder.getIdNumber().isEmpty();
    boolean hasDependant = !holder.getDependantId().isEmpty();
    violations.require(
        hasDocument != hasDependant,
        path + "holder",
        "must have either name and id_number or dependant_id");
    if (hasDependant) {
      violations.requireUuid(holder.getDependantId(), path + "holder.dependant_id");
    } else if (hasDocument) {
      violations
          .requireText(holder.getName(), 1, MAX_NAME, path + "holder.name")
          .require(!holder.getIdNumber().isEmpty(), path + "holder.id_number", "must be given");
    }
  }

  private static Wanted.Holder holder(Holder holder, String path) {
    if (!holder.getDependantId().isEmpty()) {
      return new Wanted.Dependant(UUID.fromString(holder.getDependantId()));
    }
    Optional<CitizenIdNumber> number = CitizenIdNumber.parse(holder.getIdNumber());
    return new Wanted.Document(
        holder.getName().strip(),
        number.orElseThrow(
            () ->
                new ServiceException(
                        TourismReason.INVALID_ID_NUMBER,
                        "not a citizen identification number (GB 11643)")
                    .violation(path, "must be 18 characters with the right check character")));
  }

  /**
   * The request with every identification number replaced, so that what is kept of it tells none.
   */
  static CreateTripRequest redacted(CreateTripRequest request, UnaryOperator<String> replacement) {
    var redacted = request.toBuilder();
    redacted
        .getItemsBuilderList()
        .forEach(
            item -> {
              String number = item.getHolder().getIdNumber();
              if (!number.isEmpty()) {
                item.getHolderBuilder().setIdNumber(replacement.apply(number));
              }
            });
    return redacted.build();
  }

  static ListTripsResponse toResponse(Page.Cut<Trip> trips) {
    return ListTripsResponse.newBuilder()
        .addAllTrips(trips.items().stream().map(PurchaseProto::toProto).toList())
        .setNextPageToken(trips.nextPageToken())
        .build();
  }

  static io.liangjiang.tourism.v1.Trip toProto(Trip trip) {
    var times = trip.times();
    var proto =
        io.liangjiang.tourism.v1.Trip.newBuilder()
            .setTripId(trip.tripId().toString())
            .setBookedBy(trip.bookedBy().toString())
            .setPayerId(trip.payerId().toString())
            .setState(io.liangjiang.tourism.v1.Trip.State.valueOf(trip.state().name()))
            .setTotalAmount(money(trip.totalMinor()))
            .setPaymentOrderId(Objects.requireNonNullElse(trip.paymentOrderId(), ""))
            .setHoldExpireTime(ProtoTime.timestamp(times.holdExpires()))
            .setCreateTime(ProtoTime.timestamp(times.created()));
    for (int i = 0; i < trip.items().size(); i++) {
      proto.addItems(
          item(trip.items().get(i), trip.tickets().isEmpty() ? null : trip.tickets().get(i)));
    }
    for (Ticket ticket : trip.tickets()) {
      proto.addTicketIds(ticket.ticketId().toString()).addTickets(TicketProto.toProto(ticket));
    }
    var confirmed = times.confirmed();
    if (confirmed != null) {
      proto.setConfirmTime(ProtoTime.timestamp(confirmed));
    }
    return proto.build();
  }

  private static io.liangjiang.tourism.v1.Trip.Item item(Trip.Item item, @Nullable Ticket ticket) {
    var slot = item.slot();
    return io.liangjiang.tourism.v1.Trip.Item.newBuilder()
        .setTimeSlotId(slot.timeSlotId().toString())
        .setProductId(slot.productId())
        .setSiteId(slot.siteId())
        .setStartTime(ProtoTime.timestamp(slot.times().start()))
        .setEndTime(ProtoTime.timestamp(slot.times().end()))
        .setRiderCategory(RiderCategory.valueOf(item.riderCategory()))
        .setAmount(money(item.amountMinor()))
        .setHolderName(item.maskedName())
        .setDependantId(item.dependantId() == null ? "" : item.dependantId().toString())
        .setTicketId(ticket == null ? "" : ticket.ticketId().toString())
        .build();
  }

  private static Money money(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }
}
