package io.liangjiang.identity.delegation;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.profile.RealNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How old citizens are, by the number that they proved, and what follows from it. */
@ApplicationScoped
class Ages {
  private final RealNames realNames;
  private final AgeBorders borders;

  Ages(RealNames realNames, IdentitySettings settings) {
    var delegation = settings.delegation();
    this.realNames = realNames;
    this.borders =
        new AgeBorders(
            Map.of(
                "book", delegation.bookConsentAge(),
                "pay", delegation.payConsentAge(),
                "read_records", delegation.readRecordsConsentAge()),
            delegation.majority());
  }

  AgeBorders borders() {
    return borders;
  }

  /** Errors: TOO_YOUNG, also for who has not proved an age. */
  Uni<Void> requireOfAge(UUID citizenId, Instant now) {
    return birthDate(citizenId)
        .invoke(
            birth -> {
              if (birth.filter(date -> borders.isOfAge(date, now)).isEmpty()) {
                throw Refusals.tooYoung("only who is of age gives and accepts delegations");
              }
            })
        .replaceWithVoid();
  }

  /** What a delegation is worth now. */
  Uni<Standing> standing(Delegation delegation, Instant now) {
    Uni<Optional<LocalDate>> birth =
        delegation.basis() == Delegation.Basis.GIVEN
            ? Uni.createFrom().item(Optional.empty())
            : birthDate(delegation.parties().citizenId());
    return birth.map(date -> Standing.of(delegation, date, borders, now));
  }

  Uni<Optional<LocalDate>> birthDate(UUID citizenId) {
    return realNames.find(citizenId).map(found -> found.map(RealNames.Person::birthDate));
  }
}
