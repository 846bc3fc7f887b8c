package io.liangjiang.citycode;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a code and their text: 38 bytes of claims, 64 bytes of signature, in Base45 behind
 * the letter L. There is exactly one text for a code. The README draws the layout.
 */
final class CodeFormat {
  static final char PREFIX = 'L';
  static final int CLAIMS_LENGTH = 38;
  static final int SIGNATURE_LENGTH = 64;
  static final int LENGTH = CLAIMS_LENGTH + SIGNATURE_LENGTH;
  static final int TEXT_LENGTH = 1 + LENGTH / 2 * 3;
  static final long MAX_EPOCH_SECOND = 0xffff_ffffL;
  static final int MAX_LIFETIME_SECONDS = 0xff_ffff;

  private static final int VERSION = 1;

  private CodeFormat() {}

  static byte[] encodeClaims(CityCodeClaims claims, int entitlementBits) {
    int lifetimeSeconds = (int) claims.lifetime().toSeconds();
    return ByteBuffer.allocate(CLAIMS_LENGTH)
        .put((byte) (VERSION << 4 | claims.kind().wireNumber()))
        .putInt(claims.keyId())
        .putLong(claims.subject().getMostSignificantBits())
        .putLong(claims.subject().getLeastSignificantBits())
        .putInt((int) claims.issueTime().getEpochSecond())
        .put((byte) (lifetimeSeconds >> 16))
        .putShort((short) lifetimeSeconds)
        .putLong(claims.nonce())
        .putShort((short) entitlementBits)
        .array();
  }

  /**
   * Reads the claims at the start of {@code code}; null when they are not claims of this version.
   */
  static @Nullable CityCodeClaims decodeClaims(byte[] code) {
    ByteBuffer buffer = ByteBuffer.wrap(code);
    CodeKind kind = kind(buffer.get() & 0xff);
    int keyId = buffer.getInt();
    UUID subject = new UUID(buffer.getLong(), buffer.getLong());
    Instant issueTime = Instant.ofEpochSecond(Integer.toUnsignedLong(buffer.getInt()));
    int lifetimeSeconds = (buffer.get() & 0xff) << 16 | (buffer.getShort() & 0xffff);
    long nonce = buffer.getLong();
    int entitlementBits = buffer.getShort() & 0xffff;
    if (kind == null || lifetimeSeconds == 0) {
      return null;
    }
    return new CityCodeClaims(
        kind,
        keyId,
        subject,
        issueTime,
        Duration.ofSeconds(lifetimeSeconds),
        nonce,
        Entitlement.fromBits(entitlementBits));
  }

  private static @Nullable CodeKind kind(int header) {
    if (header >> 4 != VERSION) {
      return null;
    }
    return Arrays.stream(CodeKind.values())
        .filter(kind -> kind.wireNumber() == (header & 0xf))
        .findFirst()
        .orElse(null);
  }

  static String toText(byte[] claims, byte[] signature) {
    byte[] code = Arrays.copyOf(claims, LENGTH);
    System.arraycopy(signature, 0, code, CLAIMS_LENGTH, SIGNATURE_LENGTH);
    StringBuilder text = new StringBuilder(TEXT_LENGTH).append(PREFIX);
    Base45.encode(code, text);
    return text.toString();
  }

  /** The bytes behind a text; null when the text is not one that {@link #toText} writes. */
  static byte @Nullable [] fromText(String text) {
    if (text.length() != TEXT_LENGTH || text.charAt(0) != PREFIX) {
      return null;
    }
    byte[] code = new byte[LENGTH];
    return Base45.decode(text, 1, code) ? code : null;
  }
}
