package io.liangjiang.transit.tap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * One code shown to one reader.
 *
 * @param tapId names the tap for ever
 * @param operatorId who hands it in
 * @param code the text that was read
 * @param lineId line the vehicle was serving
 * @param vehicleId the vehicle
 * @param stopId the stop, may be empty
 * @param tapTime when, by the terminal's clock
 */
record Tap(
    UUID tapId,
    String operatorId,
    String code,
    String lineId,
    String vehicleId,
    String stopId,
    Instant tapTime) {
  private static final int DIGEST_LENGTH = 16;

  /**
   * 16 bytes that differ for other content; the fields hold no control characters, so a line break
   * parts them.
   */
  byte[] digest() {
    String content =
        String.join("\n", operatorId, code, lineId, vehicleId, stopId, tapTime.toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(hash, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
