package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A ride by city code; the bus uploads its taps late and twice. */
final class BusRide {
  private static final String LINE = "cq-181";

  private final Story story;
  private final Family family;
  private final Purse purse;
  private final Staff staff;

  BusRide(Story story, Family family, Purse purse, Staff staff) {
    this.story = story;
    this.family = family;
    this.purse = purse;
    this.staff = staff;
  }

  void ride() {
    story.chapter("She rides home by bus with the city code");
    long before = purse.balance();
    Answer code = story.good("city code", family.phone().post("/v1/cityCodes", Map.of()));
    Map<String, Object> upload = Map.of("taps", List.of(tap(code.text("/code"))));
    Phone bus = staff.device("bus-operator");
    Answer first = story.good("upload", bus.post("/v1/taps:upload", upload));
    story.holds("accepted", first.number("/acceptedCount") == 1, first);
    Answer again = story.good("upload again", bus.post("/v1/taps:upload", upload));
    story.holds("the second upload counts nothing", again.number("/duplicateCount") == 1, again);
    Answer rides =
        story.awaited(
            "the ride is charged",
            () -> family.phone().get("/v1/rides"),
            answer -> answer.text("/rides/0/state").equals("SUCCESS"));
    long fare = rides.number("/rides/0/fare/amountMinor");
    story.holds("charged once", purse.balance() == before - fare, rides);
    story.tell(
        "%s, uploaded twice, charged once: %s"
            .formatted(rides.text("/rides/0/lineName"), Story.yuan(fare)));
    story.tell("\"" + rides.text("/rides/0/fareExplanation") + "\"");
  }

  private static Map<String, Object> tap(String code) {
    return Map.of(
        "tapId",
        UUID.randomUUID().toString(),
        "code",
        code,
        "lineId",
        LINE,
        "vehicleId",
        "渝A00181D",
        "stopId",
        "nanping",
        "tapTime",
        Instant.now().toString());
  }
}
