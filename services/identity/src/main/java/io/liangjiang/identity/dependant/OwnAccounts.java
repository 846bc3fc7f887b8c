package io.liangjiang.identity.dependant;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.profile.RealNames;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Children who speak for themselves: a child of age, and one whose own account the parent proved.
 * Nobody acts for them as for somebody without an account; there are delegations and acting tokens.
 */
@ApplicationScoped
class OwnAccounts {
  static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

  private final DependantRepository repository;
  private final RealNames realNames;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  OwnAccounts(
      DependantRepository repository,
      RealNames realNames,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.realNames = realNames;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** Errors: DEPENDANT_OF_AGE, DEPENDANT_HAS_ACCOUNT. */
  Uni<Void> requireNone(UUID citizenId, Dependant dependant) {
    if (dependant.relation() != Dependant.Relation.CHILD) {
      return Uni.createFrom().voidItem();
    }
    if (isOfAge(dependant.birthDate())) {
      throw new ServiceException(
          IdentityReason.DEPENDANT_OF_AGE,
          "the child is of age: they open an account and give a delegation");
    }
    return repository
        .childrenByLaw(database.client(), citizenId)
        .onItem()
        .transformToMulti(children -> Multi.createFrom().iterable(children))
        .onItem()
        .transformToUniAndConcatenate(realNames::find)
        .filter(person -> person.filter(dependant::isNamed).isPresent())
        .collect()
        .first()
        .invoke(
            found -> {
              if (found != null) {
                throw new ServiceException(
                    IdentityReason.DEPENDANT_HAS_ACCOUNT,
                    "the child has an account of their own: act for it");
              }
            })
        .replaceWithVoid();
  }

  private boolean isOfAge(LocalDate birthDate) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), CITY);
    return !today.isBefore(birthDate.plusYears(settings.delegation().majority()));
  }
}
