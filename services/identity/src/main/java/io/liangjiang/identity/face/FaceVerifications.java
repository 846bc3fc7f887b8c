package io.liangjiang.identity.face;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.consent.Consents;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.profile.RealNames;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Citizens who prove by their face who they are, under a consent that is about nothing else. */
@ApplicationScoped
class FaceVerifications {
  static final AttemptLimit BY_CITIZEN = new AttemptLimit("face", 5, Duration.ofHours(24));
  private static final String RECIPIENT = "face-provider";
  private static final String DATA_KIND = "face";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int ROWS_AT_ONCE = 10_000;

  private final VerificationRepository repository;
  private final FaceProvider provider;
  private final RealNames realNames;
  private final Consents consents;
  private final FaceLevel level;
  private final AttemptLimits limits;
  private final Database database;
  private final InstantSource clock;

  FaceVerifications(
      VerificationRepository repository,
      FaceProvider provider,
      RealNames realNames,
      Consents consents,
      FaceLevel level,
      AttemptLimits limits,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.provider = provider;
    this.realNames = realNames;
    this.consents = consents;
    this.level = level;
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  /** Begins, once a request. Errors: as the contract says. */
  Uni<Verification> begin(UUID id, UUID citizenId) {
    if (!provider.isSetUp()) {
      throw new ServiceException(
          IdentityReason.FACE_VERIFICATION_NOT_SET_UP, "the city has no face provider");
    }
    return consent(citizenId)
        .chain(
            consentId ->
                repository
                    .find(database.client(), id)
                    .chain(
                        known ->
                            known.isPresent()
                                ? Uni.createFrom().item(known.get())
                                : first(id, citizenId, consentId)))
        .invoke(verification -> requireSame(verification, citizenId));
  }

  /** Raises the account once the provider saw its owner. Errors: as the contract says. */
  Uni<Citizen> finish(UUID id, UUID citizenId) {
    return repository
        .find(database.client(), id)
        .map(
            found ->
                found
                    .filter(each -> each.citizenId().equals(citizenId))
                    .filter(each -> clock.instant().isBefore(each.expireTime()))
                    .orElseThrow(FaceVerifications::notFound))
        .call(() -> consent(citizenId))
        .chain(verification -> provider.result(verification.ticket()))
        .invoke(FaceVerifications::requirePassed)
        .chain(() -> level.raise(citizenId, id));
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return repository.forget(database.client(), clock.instant().minus(KEPT), ROWS_AT_ONCE);
  }

  private Uni<Verification> first(UUID id, UUID citizenId, UUID consentId) {
    return limits
        .acquire(BY_CITIZEN, citizenId.toString())
        .chain(() -> realNames.document(citizenId))
        .map(found -> found.orElseThrow(FaceVerifications::nameless))
        .chain(document -> provider.begin(id, document))
        .map(ticket -> new Verification(id, citizenId, consentId, ticket, Columns.now(clock)))
        .call(verification -> repository.insert(database.client(), verification))
        .chain(() -> repository.find(database.client(), id))
        .map(found -> found.orElseThrow(FaceVerifications::notFound));
  }

  private Uni<UUID> consent(UUID citizenId) {
    return consents
        .separately(citizenId.toString(), RECIPIENT, DATA_KIND)
        .map(found -> found.orElseThrow(FaceVerifications::noConsent));
  }

  private static void requireSame(Verification verification, UUID citizenId) {
    if (!verification.citizenId().equals(citizenId)) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for another verification");
    }
  }

  private static void requirePassed(FaceProvider.Result result) {
    switch (result) {
      case PASSED -> {}
      case FAILED ->
          throw new ServiceException(IdentityReason.FACE_MISMATCH, "the camera saw another face");
      case PENDING ->
          throw new ServiceException(IdentityReason.FACE_NOT_SHOWN, "the camera has seen nobody");
    }
  }

  private static ServiceException noConsent() {
    return new ServiceException(
            IdentityReason.FACE_CONSENT_REQUIRED, "a consent to face verification alone is needed")
        .with("recipient", RECIPIENT)
        .with("dataKind", DATA_KIND);
  }

  private static ServiceException nameless() {
    return new ServiceException(PlatformReason.ASSURANCE_LEVEL_TOO_LOW, "prove the name first")
        .with("requiredLevel", AssuranceLevel.REAL_NAME);
  }

  private static ServiceException notFound() {
    return new ServiceException(
        IdentityReason.FACE_VERIFICATION_NOT_FOUND, "no such verification is under way");
  }
}
