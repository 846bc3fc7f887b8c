package io.liangjiang.identity.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.delegation.Delegation.Basis;
import io.liangjiang.identity.delegation.Delegation.Parties;
import io.liangjiang.identity.delegation.Delegation.Times;
import io.liangjiang.identity.delegation.Standing.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final AgeBorders BORDERS =
      new AgeBorders(Map.of("book", 18, "pay", 18, "read_records", 14), 18);
  private static final LocalDate BIRTH = LocalDate.of(2010, 6, 1);
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2021-01-01T00:00:00Z");
  private static final List<String> POWERS = List.of("healthcare.book", "healthcare.read_records");

  private static Delegation byLaw(List<String> consented) {
    return new Delegation(
        UUID.randomUUID(),
        new Parties(UUID.randomUUID(), "陈**", UUID.randomUUID(), "陈**"),
        Basis.PARENT_BY_LAW,
        POWERS,
        consented,
        0,
        new Times(null, START, null, START, null));
  }

  private static Delegation given(UUID delegate, Instant offerExpires, Instant ended) {
    return new Delegation(
        UUID.randomUUID(),
        new Parties(UUID.randomUUID(), "陈**", delegate, "陈**"),
        Basis.GIVEN,
        POWERS,
        List.of(),
        0,
        new Times(offerExpires, START, END, START, ended));
  }

  private static Standing of(Delegation delegation, String moment) {
    return Standing.of(delegation, Optional.of(BIRTH), BORDERS, Instant.parse(moment));
  }

  @Test
  void theLawGivesAParentEverythingUntilTheFourteenthBirthday() {
    // the last second of the day before, in Chongqing
    var before = of(byLaw(List.of()), "2024-05-31T15:59:59Z");

    assertThat(before.inForce()).isEqualTo(POWERS);
    assertThat(before.until()).isEqualTo("2024-05-31T16:00:00Z");

    var birthday = of(byLaw(List.of()), "2024-05-31T16:00:00Z");
    assertThat(birthday.inForce()).containsExactly("healthcare.book");
    assertThat(birthday.awaitingConsent()).containsExactly("healthcare.read_records");
    assertThat(birthday.until()).isEqualTo("2028-05-31T16:00:00Z");
  }

  @Test
  void consentOpensWhatWaited() {
    var standing = of(byLaw(List.of("healthcare.read_records")), "2024-06-01T00:00:00Z");

    assertThat(standing.inForce()).isEqualTo(POWERS);
    assertThat(standing.awaitingConsent()).isEmpty();
  }

  @Test
  void everythingByLawEndsWithTheMajorityWhateverWasConsented() {
    var consented = byLaw(List.of("healthcare.read_records"));

    assertThat(of(consented, "2028-05-31T15:59:59Z").state()).isEqualTo(State.ACTIVE);
    assertThat(of(consented, "2028-05-31T16:00:00Z").state()).isEqualTo(State.ENDED);
    assertThat(of(consented, "2028-05-31T16:00:00Z").inForce()).isEmpty();
  }

  @Test
  void withoutAKnownBirthDateTheLawGivesNothing() {
    var standing = Standing.of(byLaw(List.of()), Optional.empty(), BORDERS, START.plusSeconds(1));

    assertThat(standing.state()).isEqualTo(State.ENDED);
  }

  @Test
  void whoWasBornOnALeapDayIsNeverHeldTooYoung() {
    var borders = BORDERS.consentFrom("tourism.read_records", LocalDate.of(2012, 2, 29));

    assertThat(borders).isEqualTo("2026-02-27T16:00:00Z");
  }

  @Test
  void anOfferWaitsThenIsTooOld() {
    var offer = given(null, Instant.parse("2020-01-02T00:00:00Z"), null);

    assertThat(of(offer, "2020-01-01T23:59:59Z").state()).isEqualTo(State.OFFERED);
    assertThat(of(offer, "2020-01-01T23:59:59Z").inForce()).isEmpty();
    assertThat(of(offer, "2020-01-02T00:00:00Z").state()).isEqualTo(State.ENDED);
  }

  @Test
  void whatWasGivenIsInForceBetweenItsStartAndItsEnd() {
    var active = given(UUID.randomUUID(), START, null);

    assertThat(of(active, "2019-12-31T23:59:59Z").inForce()).isEmpty();
    assertThat(of(active, "2020-01-01T00:00:00Z").inForce()).isEqualTo(POWERS);
    assertThat(of(active, "2020-01-01T00:00:00Z").until()).isEqualTo(END);
    assertThat(of(active, "2021-01-01T00:00:00Z").state()).isEqualTo(State.ENDED);
    assertThat(of(given(UUID.randomUUID(), START, START), "2020-06-01T00:00:00Z").state())
        .isEqualTo(State.ENDED);
  }
}
