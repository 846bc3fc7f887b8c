package io.liangjiang.identity.dependant;

import io.liangjiang.identity.profile.RealNames;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Somebody for whom a citizen acts.
 *
 * @param id also a patient id
 */
record Dependant(UUID id, String name, LocalDate birthDate, Relation relation, Instant createTime) {
  /** What the dependant is to the citizen. */
  enum Relation {
    /** Son or daughter. */
    CHILD,
    /** Father or mother. */
    PARENT,
    /** Husband or wife. */
    SPOUSE,
    /** Somebody else. */
    OTHER
  }

  boolean isNamed(RealNames.Person person) {
    return name.equals(person.name()) && birthDate.equals(person.birthDate());
  }

  boolean hasContentOf(Dependant other) {
    return name.equals(other.name)
        && birthDate.equals(other.birthDate)
        && relation == other.relation;
  }
}
