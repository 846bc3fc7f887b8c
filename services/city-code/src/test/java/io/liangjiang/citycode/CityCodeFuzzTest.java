package io.liangjiang.citycode;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.citycode.Verification.Reason;
import io.liangjiang.citycode.Verification.Refused;
import io.liangjiang.citycode.Verification.Valid;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a hostile phone may show. The seeds are fixed, so that a failure repeats. */
class CityCodeFuzzTest {
  private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

  /** The order of Ed25519's base point, RFC 8032. */
  private static final BigInteger GROUP_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final SigningKey key = SigningKey.generate();
  private final String code =
      new CityCodeIssuer(key, new SecureRandom())
          .issue(CodeKind.CITIZEN, UUID.randomUUID(), NOW, Duration.ofMinutes(1), Set.of())
          .text();
  private final CityCodeVerifier verifier =
      new CityCodeVerifier(
          VerificationKeys.of(List.of(VerificationKey.of(key.encodedPublic()))),
          RevocationList.none(),
          Duration.ofSeconds(5));

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder().append(CodeFormat.PREFIX);
    Base45.encode(bytes, text);
    return text.toString();
  }

  private byte[] bytes() {
    return Objects.requireNonNull(CodeFormat.fromText(code));
  }

  @Test
  void noSingleBitFlipVerifies() {
    assertThat(verifier.verify(code, NOW)).isInstanceOf(Valid.class);
    for (int bit = 0; bit < CodeFormat.LENGTH * 8; bit++) {
      byte[] flipped = bytes();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifier.verify(text(flipped), NOW)).as("bit %d", bit).isInstanceOf(Refused.class);
    }
  }

  @Test
  void noSeveralBitFlipsVerify() {
    Random random = new Random(20260501);
    for (int round = 0; round < 500; round++) {
      byte[] flipped = bytes();
      flipped[random.nextInt(CodeFormat.LENGTH)] ^= (byte) (1 + random.nextInt(255));
      flipped[CodeFormat.CLAIMS_LENGTH + random.nextInt(64)] ^= (byte) (1 + random.nextInt(255));
      assertThat(text(flipped)).isNotEqualTo(code);
      assertThat(verifier.verify(text(flipped), NOW)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void noOtherTextDecodesToTheSameBytes() {
    for (int position = 0; position < code.length(); position++) {
      for (int i = 0; i < 128; i++) {
        if (i != code.charAt(position)) {
          String other = code.substring(0, position) + (char) i + code.substring(position + 1);
          byte[] decoded = CodeFormat.fromText(other);
          assertThat(decoded == null || !text(decoded).equals(code)).isTrue();
        }
      }
    }
    for (String other :
        List.of(code + " ", " " + code, code.toLowerCase(Locale.ROOT), code + code)) {
      assertThat(verifier.verify(other, NOW)).isEqualTo(new Refused(Reason.MALFORMED));
    }
  }

  @Test
  void encodingAndDecodingAreInverse() {
    Random random = new Random(45);
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder().append(CodeFormat.PREFIX);
      while (text.length() < CodeFormat.TEXT_LENGTH) {
        text.append(ALPHABET.charAt(random.nextInt(45)));
      }
      byte[] decoded = CodeFormat.fromText(text.toString());
      assertThat(decoded == null || text(decoded).contentEquals(text)).isTrue();
    }
  }

  @Test
  void refusesTheTwinOfASignature() {
    // S and S + L are the same number on the curve; RFC 8032 allows only the smaller one.
    byte[] twin = bytes();
    int start = CodeFormat.CLAIMS_LENGTH + 32;
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = twin[start + 31 - i];
    }
    byte[] sum = new BigInteger(1, bigEndian).add(GROUP_ORDER).toByteArray();
    for (int i = 0; i < 32; i++) {
      twin[start + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
    }

    assertThat(verifier.verify(text(twin), NOW)).isEqualTo(new Refused(Reason.BAD_SIGNATURE));
  }

  @Test
  void neverThrowsOnRandomText() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      assertThat(verifier.verify(new String(noise, StandardCharsets.UTF_16), NOW))
          .isInstanceOf(Refused.class);
    }
    for (String odd : List.of("", "L", "x".repeat(10_000_000), "\u4e24\u6c5f".repeat(77))) {
      assertThat(verifier.verify(odd, NOW)).isEqualTo(new Refused(Reason.MALFORMED));
    }
  }

  @Test
  void neverThrowsOnRandomBytesUnderAKnownKey() {
    Random random = new Random(8);
    byte[] good = bytes();
    for (int round = 0; round < 500; round++) {
      byte[] noise = new byte[CodeFormat.LENGTH];
      random.nextBytes(noise);
      System.arraycopy(good, 0, noise, 0, 5);
      assertThat(verifier.verify(text(noise), NOW)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void refusesOtherVersionsAndKinds() {
    for (int header = 0; header < 256; header++) {
      byte[] other = bytes();
      other[0] = (byte) header;
      Verification answer = verifier.verify(text(other), NOW);
      if (header == 0x11) {
        assertThat(answer).isInstanceOf(Valid.class);
      } else if (header == 0x12) {
        assertThat(answer).isEqualTo(new Refused(Reason.BAD_SIGNATURE));
      } else {
        assertThat(answer).isEqualTo(new Refused(Reason.MALFORMED));
      }
    }
  }
}
