package io.liangjiang.tourism.city;

import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.SigningKey;
import io.liangjiang.citycode.VerificationKey;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.v1.CityCodeRevocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Citizens' codes as transit issues them. */
@ApplicationScoped
public class CitizenCodes {
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final SigningKey key = SigningKey.generate();
  private final List<CityCodeRevocation> revocations = new CopyOnWriteArrayList<>();

  /** A code that is good for one minute. */
  public String issue(UUID citizenId, Instant now) {
    return issue(CodeKind.CITIZEN, citizenId, now);
  }

  /** A code of any kind, signed with transit's key. */
  public String issue(CodeKind kind, UUID subject, Instant now) {
    return new CityCodeIssuer(key, new SecureRandom())
        .issue(kind, subject, now, LIFETIME, Set.of())
        .text();
  }

  /** Revokes all codes of a citizen from a moment on. */
  public void revoke(UUID citizenId, Instant from) {
    revocations.add(
        CityCodeRevocation.newBuilder()
            .setCitizenId(citizenId.toString())
            .setReason(CityCodeRevocation.Reason.REVOKED_BY_CITIZEN)
            .setRevokeTime(ProtoTime.timestamp(from))
            .setExpireTime(ProtoTime.timestamp(from.plus(LIFETIME)))
            .build());
  }

  String keyId() {
    return VerificationKey.of(publicKey()).keyIdHex();
  }

  byte[] publicKey() {
    return key.encodedPublic();
  }

  List<CityCodeRevocation> revocations() {
    return revocations;
  }
}
