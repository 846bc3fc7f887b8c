package io.liangjiang.tourism.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.slot.TimeSlot;
import io.liangjiang.tourism.trip.Trip;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Instant NOON = Instant.parse("2026-03-03T04:00:00Z");

  private final Offer bridges = offer("bridges", "wulong-tourism");
  private final Offer cave = offer("cave", "wulong-tourism");
  private final Offer jinfo = offer("jinfo", "nanchuan-tourism");
  private final Person anna = new Person("安娜", "id:1", null);
  private final Person ben = new Person("本", "id:2", null);

  @Test
  void pricesEveryTicketForItsCategory() {
    var plan =
        plan(List.of(wanted(bridges, "ADULT"), wanted(cave, "CHILD")), List.of(anna, anna), NOON);

    assertThat(plan.merchantId()).isEqualTo("wulong-tourism");
    assertThat(plan.lines()).extracting(Plan.Line::amountMinor).containsExactly(12500L, 6200L);
  }

  @Test
  void refusesAnUnknownSlot() {
    assertThat(refusal(List.of(wanted(offer("gone", "x"), "ADULT")), List.of(anna), NOON))
        .isEqualTo(TourismReason.TIME_SLOT_NOT_FOUND);
  }

  @Test
  void refusesASlotThatIsOver() {
    var end = bridges.slot().times().end();

    assertThat(refusal(List.of(wanted(bridges, "ADULT")), List.of(anna), end))
        .isEqualTo(TourismReason.SALE_ENDED);
  }

  @Test
  void refusesACategoryWithoutAPrice() {
    assertThat(refusal(List.of(wanted(bridges, "SENIOR")), List.of(anna), NOON))
        .isEqualTo(TourismReason.RIDER_CATEGORY_NOT_SOLD);
  }

  @Test
  void refusesSitesOfSeveralOperators() {
    assertThat(
            refusal(
                List.of(wanted(bridges, "ADULT"), wanted(jinfo, "ADULT")),
                List.of(anna, ben),
                NOON))
        .isEqualTo(TourismReason.MIXED_OPERATORS);
  }

  @Test
  void refusesTheSameDocumentTwiceInASlotButNotInTwoSlots() {
    assertThat(
            refusal(
                List.of(wanted(bridges, "ADULT"), wanted(bridges, "CHILD")),
                List.of(anna, new Person("另一个名字", "id:1", null)),
                NOON))
        .isEqualTo(TourismReason.HOLDER_HAS_TICKET);
  }

  @Test
  void takesPlacesFromTheSlotsAndFromTheirSitesDays() {
    assertThat(Trip.places(List.of(bridges.slot(), bridges.slot(), cave.slot())))
        .isEqualTo(
            Map.of(
                bridges.slot().poolId(),
                2,
                cave.slot().poolId(),
                1,
                "site-day/bridges/2026-03-03",
                2,
                "site-day/cave/2026-03-03",
                1));
  }

  @Test
  void masksAllButTheFirstCharacterOfAName() {
    assertThat(new Person("张小明", "id:1", null).maskedName()).isEqualTo("张**");
    assertThat(new Person("𠮷野家", "id:1", null).maskedName()).isEqualTo("𠮷**");
    assertThat(new Person("李", "id:1", null).maskedName()).isEqualTo("李");
    assertThat(anna).hasToString("Person");
  }

  private Plan plan(List<Wanted> tickets, List<Person> people, Instant now) {
    var offers =
        Stream.of(bridges, cave, jinfo)
            .collect(Collectors.toMap(offer -> offer.slot().timeSlotId(), Function.identity()));
    return Plan.of(tickets, people, offers, now);
  }

  private TourismReason refusal(List<Wanted> tickets, List<Person> people, Instant now) {
    return (TourismReason)
        catchThrowableOfType(ServiceException.class, () -> plan(tickets, people, now)).reason();
  }

  private static Wanted wanted(Offer offer, String category) {
    return new Wanted(offer.slot().timeSlotId(), category, new Wanted.Dependant(UUID.randomUUID()));
  }

  private static Offer offer(String site, String operator) {
    var times = new TimeSlot.Times(NOON, NOON.plusSeconds(7200), NOON, NOON.plusSeconds(7200));
    return new Offer(
        new TimeSlot(UUID.randomUUID(), site + "-p", site, LocalDate.of(2026, 3, 3), times),
        operator,
        Map.of("ADULT", 12500L, "CHILD", 6200L));
  }
}
