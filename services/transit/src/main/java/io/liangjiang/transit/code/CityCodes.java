package io.liangjiang.transit.code;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CityCodeIssuer.IssuedCode;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.data.Page.Cut;
import io.liangjiang.transit.TransitSettings;
import io.liangjiang.transit.code.LiveCodeRepository.LiveCode;
import io.liangjiang.transit.code.Revocation.Reason;
import io.liangjiang.transit.key.KeyRing;
import io.liangjiang.transit.key.SigningKeys;
import io.liangjiang.transit.ride.Arrears;
import io.liangjiang.transit.v1.CityCode;
import io.liangjiang.transit.v1.CityCodeKey;
import io.liangjiang.transit.v1.CreateCityCodeRequest;
import io.liangjiang.transit.v1.RevokeMyCityCodesRequest;
import io.liangjiang.transit.v1.RevokeMyCityCodesResponse;
import io.liangjiang.transit.v1.RotateCityCodeKeyRequest;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Issues and revokes codes. */
@ApplicationScoped
public class CityCodes {
  private final Database database;
  private final Idempotency idempotency;
  private final SigningKeys keys;
  private final LiveCodeRepository liveCodes;
  private final RevocationRepository revocations;
  private final Arrears arrears;
  private final TransitSettings settings;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  CityCodes(
      Database database,
      Idempotency idempotency,
      SigningKeys keys,
      LiveCodeRepository liveCodes,
      RevocationRepository revocations,
      Arrears arrears,
      TransitSettings settings,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.keys = keys;
    this.liveCodes = liveCodes;
    this.revocations = revocations;
    this.arrears = arrears;
    this.settings = settings;
    this.clock = clock;
  }

  Uni<CityCode> create(Caller caller, CreateCityCodeRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return keys.ring()
        .chain(
            ring ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    CityCode.getDefaultInstance(),
                    tx ->
                        arrears
                            .refuseIfOverdue(tx, citizenId)
                            .chain(() -> issue(tx, citizenId, ring))));
  }

  Uni<RevokeMyCityCodesResponse> revokeMine(Caller caller, RevokeMyCityCodesRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        RevokeMyCityCodesResponse.getDefaultInstance(),
        tx -> revoke(tx, citizenId).map(CityCodeProto::revokedAt));
  }

  Uni<CityCodeKey> rotateKey(Caller caller, RotateCityCodeKeyRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        CityCodeKey.getDefaultInstance(),
        tx -> keys.rotate(tx).map(CityCodeProto::toProto));
  }

  Uni<List<KeyRing.Published>> publishedKeys() {
    return keys.ring().map(ring -> ring.published(clock.instant()));
  }

  /** When a reader should fetch the keys again: long before one that it does not know can sign. */
  Instant keyRefreshTime() {
    return clock.instant().plus(settings.keyPublishLead().dividedBy(2));
  }

  Uni<Cut<Revocation>> listRevocations(Page page) {
    long after = page.isFirst() ? 0 : page.keyLong(0);
    return revocations
        .list(database.client(), after, clock.instant(), page.limit())
        .map(
            found ->
                page.cut(found, revocation -> List.of(Long.toString(revocation.revocationId()))));
  }

  /** Forgets revocations that no tap can need any more. */
  @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> purge() {
    return revocations.purge(database.client(), clock.instant().minus(settings.maxTapAge()));
  }

  private Uni<CityCode> issue(SqlConnection tx, UUID citizenId, KeyRing ring) {
    Instant now = clock.instant();
    IssuedCode code =
        new CityCodeIssuer(ring.signingKey(now), random)
            .issue(CodeKind.CITIZEN, citizenId, now, settings.codeLifetime(), Set.of());
    CityCodeClaims claims = code.claims();
    return liveCodes
        .replace(tx, citizenId, new LiveCode(claims.nonce(), claims.expireTime()))
        .chain(previous -> supersede(tx, previous, now))
        .map(done -> CityCodeProto.toProto(code));
  }

  private Uni<Void> supersede(SqlConnection tx, Optional<LiveCode> previous, Instant now) {
    Instant revokeTime = now.plus(settings.supersedeGrace());
    return previous
        .map(code -> new LiveCode(code.nonce(), code.expireTime().plus(settings.clockSkew())))
        .filter(code -> code.expireTime().isAfter(revokeTime))
        .map(
            code ->
                revocations.insert(
                    tx,
                    Revocation.ofNonce(
                        code.nonce(), Reason.SUPERSEDED, revokeTime, code.expireTime())))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Instant> revoke(SqlConnection tx, UUID citizenId) {
    // Codes count in whole seconds: rounding up catches the one issued in this second.
    Instant revokeTime = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant expireTime = revokeTime.plus(settings.codeLifetime()).plus(settings.clockSkew());
    return revocations
        .insert(tx, Revocation.ofCitizen(citizenId, revokeTime, expireTime))
        .replaceWith(revokeTime);
  }
}
