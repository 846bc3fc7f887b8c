package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Timed tickets for the family at a site of Wulong, and the gate. */
final class ParkVisit {
  private static final String SITE = "wulong-three-natural-bridges";
  private static final String PRODUCT = SITE + "-two-day";

  private final Story story;
  private final Family family;
  private final Purse purse;
  private final Staff staff;
  private String paymentOrderId = "";

  ParkVisit(Story story, Family family, Purse purse, Staff staff) {
    this.story = story;
    this.family = family;
    this.purse = purse;
    this.staff = staff;
  }

  /** The order that paid for the tickets. */
  String paymentOrderId() {
    return paymentOrderId;
  }

  void visit() {
    story.chapter("She buys tickets for the family at Wulong");
    Answer slot = chooseSlot();
    Answer trip = buy(slot.text("/timeSlotId"));
    purse.pay(paymentOrderId, "WALLET");
    String tripPath = "/v1/trips/" + trip.text("/tripId");
    Answer confirmed =
        story.awaited(
            "trip confirmed",
            () -> family.phone().get(tripPath),
            answer -> answer.text("/state").equals("CONFIRMED"));
    story.holds("three tickets", confirmed.body().path("ticketIds").size() == 3, confirmed);
    story.tell("The trip is confirmed with 3 signed tickets");
    enter(confirmed.text("/ticketIds/0"));
  }

  private Answer chooseSlot() {
    Answer sites = story.good("sites", family.phone().get("/v1/sites"));
    for (var site : sites.body().path("sites")) {
      if (site.path("district").asText().contains("武隆")) {
        story.tell(
            "%s %s, %d places a day"
                .formatted(
                    site.path("displayName").asText(),
                    site.path("displayNameEn").asText(),
                    site.path("dailyCapacity").asInt()));
      }
    }
    String path = "/v1/products/" + PRODUCT + "/timeSlots?date=" + family.today();
    Answer slots = story.good("time slots", family.phone().get(path));
    Answer slot = new Answer(slots.status(), slots.body().at("/timeSlots/0"));
    story.holds("places are left", slot.number("/remaining") > 2, slots);
    story.tell(
        "Slot from %s, %d places left"
            .formatted(slot.text("/startTime"), slot.number("/remaining")));
    return slot;
  }

  private Answer buy(String timeSlotId) {
    TestPerson parent = family.parent();
    TestPerson grandparent = family.grandparent();
    List<Object> items =
        List.of(
            item(timeSlotId, "ADULT", holder(parent)),
            item(timeSlotId, "ADULT", holder(grandparent)),
            item(timeSlotId, "CHILD", Map.of("dependantId", family.childId())));
    UUID key = UUID.randomUUID();
    Map<String, Object> body = Map.of("items", items);
    Answer trip = story.good("trip", family.phone().post("/v1/trips", body, key));
    Answer again = story.good("trip again", family.phone().post("/v1/trips", body, key));
    story.holds(
        "the same key is the same trip", trip.text("/tripId").equals(again.text("/tripId")), again);
    paymentOrderId = trip.text("/paymentOrderId");
    story.tell(
        "Held: %s, %s and %s for %s"
            .formatted(
                parent.name(),
                grandparent.name(),
                family.childName(),
                Story.yuan(trip.number("/totalAmount/amountMinor"))));
    story.refused(
        "the same person twice in one slot",
        family
            .phone()
            .post("/v1/trips", Map.of("items", List.of(item(timeSlotId, "ADULT", holder(parent))))),
        409,
        "HOLDER_HAS_TICKET");
    return trip;
  }

  private static Map<String, Object> item(
      String slot, String category, Map<String, String> holder) {
    return Map.of("timeSlotId", slot, "riderCategory", category, "holder", holder);
  }

  private static Map<String, String> holder(TestPerson person) {
    return Map.of("name", person.name(), "idNumber", person.idNumber());
  }

  private void enter(String ticketId) {
    story.chapter("The gate lets her in by code, once");
    Answer ticket = story.good("ticket", family.phone().get("/v1/tickets/" + ticketId));
    Phone gate = staff.device("gate");
    Map<String, String> reading = reading(ticket.text("/code"), SITE + "-g1");
    Answer checkIn = story.good("redeem", gate.post("/v1/checkIns:redeem", reading));
    Answer again = story.good("redeem again", gate.post("/v1/checkIns:redeem", reading));
    story.holds(
        "the gate may repeat what it had no answer to",
        checkIn.text("/checkInId").equals(again.text("/checkInId")),
        again);
    story.tell(
        "%s came in at %s".formatted(checkIn.text("/holderName"), checkIn.text("/redeemTime")));
    story.refused(
        "the same ticket at another gate",
        gate.post("/v1/checkIns:redeem", reading(ticket.text("/code"), SITE + "-g2")),
        409,
        "ALREADY_REDEEMED");
  }

  private static Map<String, String> reading(String code, String gateId) {
    return Map.of("code", code, "gateId", gateId, "nonce", UUID.randomUUID().toString());
  }
}
