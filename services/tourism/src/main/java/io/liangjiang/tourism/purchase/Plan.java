package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a citizen wants, held against what there is; or the reason why it cannot be sold.
 *
 * @param merchantId operator of all the sites
 * @param lines in the order of the request
 */
record Plan(String merchantId, List<Line> lines) {

  /** One ticket; the price is in fen. */
  record Line(Offer offer, String riderCategory, long amountMinor, Person person) {}

  private record Place(UUID timeSlotId, String document) {}

  /**
   * Makes the plan. Errors: TIME_SLOT_NOT_FOUND, SALE_ENDED, RIDER_CATEGORY_NOT_SOLD,
   * MIXED_OPERATORS, HOLDER_HAS_TICKET.
   *
   * @param tickets at least one
   * @param people of the tickets, in their order
   */
  static Plan of(List<Wanted> tickets, List<Person> people, Map<UUID, Offer> offers, Instant now) {
    List<Line> lines = new ArrayList<>();
    Set<Place> taken = new HashSet<>();
    for (int i = 0; i < tickets.size(); i++) {
      Line line = line(tickets.get(i), people.get(i), offers, now);
      lines.add(line);
      if (!taken.add(new Place(line.offer().slot().timeSlotId(), line.person().document()))) {
        throw holderHasTicket();
      }
    }
    String merchantId = lines.getFirst().offer().operatorOrganisationId();
    if (!lines.stream().allMatch(l -> l.offer().operatorOrganisationId().equals(merchantId))) {
      throw new ServiceException(
          TourismReason.MIXED_OPERATORS, "the sites have several operators: buy a trip of each");
    }
    return new Plan(merchantId, lines);
  }

  static ServiceException holderHasTicket() {
    return new ServiceException(
        TourismReason.HOLDER_HAS_TICKET, "a holder's document has a ticket for the time slot");
  }

  private static Line line(Wanted ticket, Person person, Map<UUID, Offer> offers, Instant now) {
    Offer offer = offers.get(ticket.timeSlotId());
    if (offer == null) {
      throw new ServiceException(TourismReason.TIME_SLOT_NOT_FOUND, "there is no such time slot")
          .with("timeSlotId", ticket.timeSlotId());
    }
    if (!offer.slot().isOnSaleAt(now)) {
      throw new ServiceException(TourismReason.SALE_ENDED, "the time slot is over")
          .with("timeSlotId", ticket.timeSlotId());
    }
    Long amountMinor = offer.amountMinorByCategory().get(ticket.riderCategory());
    if (amountMinor == null) {
      throw new ServiceException(
              TourismReason.RIDER_CATEGORY_NOT_SOLD, "the product is not sold to the category")
          .with("productId", offer.slot().productId())
          .with("riderCategory", ticket.riderCategory());
    }
    return new Line(offer, ticket.riderCategory(), amountMinor, person);
  }
}
