package io.liangjiang.identity.delegation;

import io.liangjiang.identity.delegation.Delegation.Basis;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a delegation is worth at a moment.
 *
 * @param inForce powers that may be used now
 * @param awaitingConsent powers that wait for the child
 * @param until when the first of those in force ends by itself
 */
record Standing(State state, List<String> inForce, List<String> awaitingConsent, Instant until) {
  /** Where it stands. */
  enum State {
    /** Waits for somebody to accept it. */
    OFFERED,
    /** Accepted. */
    ACTIVE,
    /** Over. */
    ENDED
  }

  static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * Works it out.
   *
   * @param birthDate of the citizen, for powers by law; without one they give nothing
   */
  static Standing of(
      Delegation delegation, Optional<LocalDate> birthDate, AgeBorders borders, Instant now) {
    State state = state(delegation, birthDate, borders, now);
    if (state != State.ACTIVE) {
      return new Standing(state, List.of(), List.of(), now);
    }
    Instant end = end(delegation);
    if (now.isBefore(delegation.times().start())) {
      return new Standing(state, List.of(), List.of(), end);
    }
    return delegation.basis() == Basis.GIVEN
        ? new Standing(state, delegation.powers(), List.of(), end)
        : byLaw(delegation, birthDate.orElseThrow(), borders, now);
  }

  private static State state(
      Delegation delegation, Optional<LocalDate> birthDate, AgeBorders borders, Instant now) {
    var times = delegation.times();
    if (times.ended() != null || !now.isBefore(end(delegation))) {
      return State.ENDED;
    }
    if (delegation.basis() == Basis.PARENT_BY_LAW) {
      boolean minor = birthDate.filter(birth -> !borders.isOfAge(birth, now)).isPresent();
      return minor ? State.ACTIVE : State.ENDED;
    }
    if (delegation.parties().delegateId() != null) {
      return State.ACTIVE;
    }
    Instant expires = times.offerExpires();
    return expires != null && now.isBefore(expires) ? State.OFFERED : State.ENDED;
  }

  private static Standing byLaw(
      Delegation delegation, LocalDate birthDate, AgeBorders borders, Instant now) {
    List<String> inForce = new ArrayList<>();
    List<String> awaiting = new ArrayList<>();
    Instant until = borders.majorityFrom(birthDate);
    for (String power : delegation.powers()) {
      Instant border = borders.consentFrom(power, birthDate);
      if (now.isBefore(border)) {
        inForce.add(power);
        until = border.isBefore(until) ? border : until;
      } else if (delegation.consented().contains(power)) {
        inForce.add(power);
      } else {
        awaiting.add(power);
      }
    }
    return new Standing(State.ACTIVE, List.copyOf(inForce), List.copyOf(awaiting), until);
  }

  private static Instant end(Delegation delegation) {
    Instant end = delegation.times().end();
    return end == null ? END_OF_TIME : end;
  }
}
