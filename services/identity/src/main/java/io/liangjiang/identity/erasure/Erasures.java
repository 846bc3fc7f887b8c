package io.liangjiang.identity.erasure;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CancelErasureRequest;
import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.identity.v1.RequestErasureRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Erasures as citizens ask for them. */
@ApplicationScoped
public class Erasures {
  private final ErasureRepository repository;
  private final Citizens citizens;
  private final Services services;
  private final Vault vault;
  private final AuditRecords audit;
  private final Idempotency idempotency;
  private final Database database;
  private final InstantSource clock;
  private final Duration coolingOff;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  Erasures(
      ErasureRepository repository,
      Citizens citizens,
      Services services,
      Vault vault,
      AuditRecords audit,
      Idempotency idempotency,
      Database database,
      InstantSource clock,
      IdentitySettings settings) {
    this.repository = repository;
    this.citizens = citizens;
    this.services = services;
    this.vault = vault;
    this.audit = audit;
    this.idempotency = idempotency;
    this.database = database;
    this.clock = clock;
    this.coolingOff = settings.erasureCoolingOff();
  }

  /**
   * Errors: ERASURE_BLOCKED, CITIZEN_NOT_FOUND, REQUEST_ID_REUSED; UNAVAILABLE while a service
   * cannot say what is open.
   */
  public Uni<Erasure> request(Caller caller, RequestErasureRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    var unused = Violations.requestId(request.getRequestId());
    return repository
        .lockUnderWay(database.client(), citizenId)
        .chain(
            known ->
                known.isPresent() ? Uni.createFrom().voidItem() : requireNothingOpen(citizenId))
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    Erasure.getDefaultInstance(),
                    tx -> begin(tx, caller, citizenId)))
        .map(erasure -> erasure.toBuilder().setCertificateCode(code(erasure)).build());
  }

  /** Errors: ERASURE_NOT_FOUND, ERASURE_BEGUN, REQUEST_ID_REUSED. */
  public Uni<Erasure> cancel(Caller caller, CancelErasureRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        Erasure.getDefaultInstance(),
        tx ->
            repository
                .lockUnderWay(tx, citizenId)
                .map(found -> found.orElseThrow(Erasures::notFound))
                .invoke(Erasures::requireNotBegun)
                .call(found -> repository.cancel(tx, found.id()))
                .call(found -> noted(tx, "erasure.cancelled", caller, found))
                .chain(found -> repository.lock(tx, found.id()))
                .map(found -> ErasureProto.erasure(found, List.of())));
  }

  /** With its certificate, when it is done. Errors: ERASURE_NOT_FOUND. */
  public Uni<Erasure> get(UUID erasureId, String code) {
    return repository
        .find(database.client(), erasureId, Digests.sha256(code))
        .map(found -> found.orElseThrow(Erasures::notFound))
        .chain(
            found ->
                repository
                    .steps(database.client(), List.of(erasureId))
                    .map(steps -> ErasureProto.erasure(found, steps.of(erasureId))));
  }

  private Uni<Void> requireNothingOpen(UUID citizenId) {
    return services
        .blockers(citizenId)
        .onFailure()
        .transform(e -> away())
        .invoke(Erasures::requireNone)
        .replaceWithVoid();
  }

  private Uni<Erasure> begin(SqlConnection tx, Caller caller, UUID citizenId) {
    return citizens
        .lock(tx, citizenId)
        .chain(() -> repository.lockUnderWay(tx, citizenId))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : insert(tx, caller, citizenId))
        .map(erasure -> ErasureProto.erasure(erasure, List.of()));
  }

  private Uni<Case> insert(SqlConnection tx, Caller caller, UUID citizenId) {
    Instant now = Columns.now(clock);
    var erasure =
        new Case(
            UUID.randomUUID(),
            citizenId,
            Case.State.REQUESTED,
            now,
            now.plus(coolingOff),
            null,
            now.plus(coolingOff),
            List.of());
    byte[] codeHash = Digests.sha256(code(erasure.id().toString()));
    return repository
        .insert(tx, erasure, codeHash)
        .chain(() -> noted(tx, "erasure.requested", caller, erasure))
        .replaceWith(erasure);
  }

  private Uni<Void> noted(SqlConnection tx, String action, Caller caller, Case erasure) {
    return audit.append(
        tx, action, caller.subject(), erasure.citizenId().toString(), erasure.id().toString());
  }

  private String code(Erasure erasure) {
    return code(erasure.getErasureId());
  }

  private String code(String erasureId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(vault.hash(Vault.Purpose.ERASURE_CODE, erasureId));
  }

  private static void requireNone(List<String> blockers) {
    if (!blockers.isEmpty()) {
      throw new ServiceException(
              PlatformReason.ERASURE_BLOCKED, "something of the citizen's is still open")
          .with("blockers", String.join(",", blockers));
    }
  }

  private static void requireNotBegun(Case erasure) {
    if (erasure.state() != Case.State.REQUESTED) {
      throw new ServiceException(IdentityReason.ERASURE_BEGUN, "the erasure has begun");
    }
  }

  private static ServiceException away() {
    return new ServiceException(PlatformReason.UNAVAILABLE, "a service cannot say what is open")
        .retryAfter(Duration.ofSeconds(5));
  }

  private static ServiceException notFound() {
    return new ServiceException(IdentityReason.ERASURE_NOT_FOUND, "no such erasure");
  }
}
