package io.liangjiang.citycode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.liangjiang.citycode.CityCodeIssuer.IssuedCode;
import io.liangjiang.citycode.Verification.Reason;
import io.liangjiang.citycode.Verification.Refused;
import io.liangjiang.citycode.Verification.Valid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CityCodeTest {
  private static final Instant ISSUED = Instant.parse("2026-05-01T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final UUID citizenId = UUID.randomUUID();
  private final SigningKey key = SigningKey.generate();
  private final CityCodeIssuer issuer = new CityCodeIssuer(key, new SecureRandom());

  private IssuedCode issue() {
    return issuer.issue(CodeKind.CITIZEN, citizenId, ISSUED, MINUTE, Set.of());
  }

  private static VerificationKey publicPart(SigningKey key) {
    return VerificationKey.of(key.encodedPublic());
  }

  private static CityCodeVerifier verifier(RevocationList revocations, VerificationKey... keys) {
    return new CityCodeVerifier(VerificationKeys.of(List.of(keys)), revocations, SKEW);
  }

  private CityCodeVerifier verifier() {
    return verifier(RevocationList.none(), publicPart(key));
  }

  private static Verification refused(Reason reason) {
    return new Refused(reason);
  }

  @Test
  void readsBackWhatWasIssued() {
    Set<Entitlement> entitlements = EnumSet.of(Entitlement.STUDENT, Entitlement.PASS);
    IssuedCode code =
        issuer.issue(CodeKind.CITIZEN, citizenId, ISSUED.plusMillis(250), MINUTE, entitlements);

    assertThat(verifier().verify(code.text(), ISSUED)).isEqualTo(new Valid(code.claims()));
    assertThat(code.claims().subject()).isEqualTo(citizenId);
    assertThat(code.claims().issueTime()).isEqualTo(ISSUED);
    assertThat(code.claims().expireTime()).isEqualTo(ISSUED.plusSeconds(60));
    assertThat(code.claims().entitlements()).isEqualTo(entitlements);
    assertThat(code.claims().keyIdHex()).isEqualTo(publicPart(key).keyIdHex()).hasSize(8);
    assertThat(code.claims().nonceHex()).hasSize(16);
  }

  @Test
  void carriesTicketForAnotherDay() {
    UUID ticketId = UUID.randomUUID();
    Instant opening = ISSUED.plus(Duration.ofDays(30));
    IssuedCode code =
        issuer.issue(CodeKind.TICKET, ticketId, opening, Duration.ofHours(10), Set.of());

    assertThat(verifier().verify(code.text(), ISSUED)).isEqualTo(refused(Reason.NOT_YET_VALID));
    assertThat(verifier().verify(code.text(), opening.plus(Duration.ofHours(9))))
        .isEqualTo(new Valid(code.claims()));
    assertThat(code.claims().kind()).isEqualTo(CodeKind.TICKET);
  }

  @Test
  void fitsQrVersionSix() {
    // ISO/IEC 18004: version 6-M holds 154 characters of the alphanumeric set.
    assertThat(issue().text()).hasSize(154).matches("[0-9A-Z $%*+\\-./:]+").startsWith("L");
    assertThat(issue().text().strip()).hasSize(154);
  }

  @Test
  void isGoodFromIssueToExpiryWithClockSkewOnBothSides() {
    String code = issue().text();

    assertThat(verifier().verify(code, ISSUED.minusSeconds(6)))
        .isEqualTo(refused(Reason.NOT_YET_VALID));
    assertThat(verifier().verify(code, ISSUED.minusSeconds(5))).isInstanceOf(Valid.class);
    assertThat(verifier().verify(code, ISSUED.plusMillis(64_999))).isInstanceOf(Valid.class);
    assertThat(verifier().verify(code, ISSUED.plusSeconds(65))).isEqualTo(refused(Reason.EXPIRED));
  }

  @Test
  void refusesKeyItDoesNotKnow() {
    CityCodeVerifier stranger = verifier(RevocationList.none(), publicPart(SigningKey.generate()));

    assertThat(stranger.verify(issue().text(), ISSUED)).isEqualTo(refused(Reason.UNKNOWN_KEY));
  }

  @Test
  void acceptsOldAndNewKeyWhileTheyOverlap() {
    SigningKey newKey = SigningKey.generate();
    String newCode =
        new CityCodeIssuer(newKey, new SecureRandom())
            .issue(CodeKind.CITIZEN, citizenId, ISSUED, MINUTE, Set.of())
            .text();
    VerificationKey old = publicPart(key).acceptedUntil(ISSUED.plusSeconds(30));
    CityCodeVerifier both = verifier(RevocationList.none(), old, publicPart(newKey));
    String oldCode = issue().text();

    assertThat(both.verify(oldCode, ISSUED.plusSeconds(29))).isInstanceOf(Valid.class);
    assertThat(both.verify(newCode, ISSUED.plusSeconds(29))).isInstanceOf(Valid.class);
    assertThat(both.verify(oldCode, ISSUED.plusSeconds(30))).isEqualTo(refused(Reason.UNKNOWN_KEY));
    assertThat(both.verify(newCode, ISSUED.plusSeconds(30))).isInstanceOf(Valid.class);
  }

  @Test
  void refusesRevokedNonceFromItsTimeOn() {
    IssuedCode code = issue();
    RevocationList list =
        RevocationList.builder().revokeNonce(code.claims().nonce(), ISSUED.plusSeconds(20)).build();
    CityCodeVerifier reader = verifier(list, publicPart(key));

    assertThat(reader.verify(code.text(), ISSUED.plusSeconds(19))).isInstanceOf(Valid.class);
    assertThat(reader.verify(code.text(), ISSUED.plusSeconds(20)))
        .isEqualTo(refused(Reason.REVOKED));
    assertThat(reader.verify(issue().text(), ISSUED.plusSeconds(20))).isInstanceOf(Valid.class);
  }

  @Test
  void refusesCodesOfRevokedCitizenButNotLaterOnes() {
    RevocationList list =
        RevocationList.builder().revokeSubject(citizenId, ISSUED.plusSeconds(10)).build();
    CityCodeVerifier reader = verifier(list, publicPart(key));
    String later =
        issuer.issue(CodeKind.CITIZEN, citizenId, ISSUED.plusSeconds(10), MINUTE, Set.of()).text();

    assertThat(reader.verify(issue().text(), ISSUED.plusSeconds(11)))
        .isEqualTo(refused(Reason.REVOKED));
    assertThat(reader.verify(later, ISSUED.plusSeconds(11))).isInstanceOf(Valid.class);
  }

  @Test
  void keepsSigningKeyAcrossEncoding() {
    SigningKey kept = SigningKey.of(key.encodedPrivate(), key.encodedPublic());
    IssuedCode code =
        new CityCodeIssuer(kept, new SecureRandom())
            .issue(CodeKind.CITIZEN, citizenId, ISSUED, MINUTE, Set.of());

    assertThat(kept.keyId()).isEqualTo(key.keyId());
    assertThat(verifier().verify(code.text(), ISSUED)).isInstanceOf(Valid.class);
    byte[] foreign = SigningKey.generate().encodedPublic();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(key.encodedPrivate(), foreign));
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of(new byte[44]));
  }

  @Test
  void refusesToIssueOutOfRange() {
    List<Duration> wrong =
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            CityCodeIssuer.MAX_LIFETIME.plusSeconds(1));
    for (Duration lifetime : wrong) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> issuer.issue(CodeKind.CITIZEN, citizenId, ISSUED, lifetime, Set.of()));
    }
    for (Instant time : List.of(Instant.ofEpochSecond(-1), Instant.ofEpochSecond(1L << 32))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> issuer.issue(CodeKind.CITIZEN, citizenId, time, MINUTE, Set.of()));
    }
  }

  @Test
  void boundsTheKeySet() {
    List<VerificationKey> many =
        Stream.generate(SigningKey::generate)
            .limit(VerificationKeys.MAX_KEYS + 1L)
            .map(CityCodeTest::publicPart)
            .toList();

    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKeys.of(many));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKeys.of(List.of(publicPart(key), publicPart(key))));
  }
}
