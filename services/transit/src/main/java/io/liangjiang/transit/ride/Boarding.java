package io.liangjiang.transit.ride;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.transit.fare.Fare;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A tap that may be a ride.
 *
 * @param rideId made from the code, see {@link #rideId}
 * @param tapId the tap
 * @param citizenId who rode
 * @param vehicleId on which vehicle
 * @param stopId where, may be empty
 * @param boardTime when the code was shown
 * @param fare what it costs
 */
public record Boarding(
    UUID rideId,
    UUID tapId,
    UUID citizenId,
    String vehicleId,
    String stopId,
    Instant boardTime,
    Fare fare) {

  /** The order that decides which of several taps with one code is the ride. */
  public static final Comparator<Boarding> ORDER =
      Comparator.comparing(Boarding::boardTime).thenComparing(Boarding::tapId);

  private static final long TIME_MASK = 0xffff_ffff_ffffL;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /**
   * The id of the ride that a code is good for: a UUID of version 7 (RFC 9562) with the code's
   * issue time and, where others are random, the code's random nonce. Whoever judges the code, in
   * whatever order, finds the same ride.
   */
  public static UUID rideId(CityCodeClaims claims) {
    long millis = claims.issueTime().toEpochMilli() & TIME_MASK;
    long nonce = claims.nonce();
    return new UUID((millis << 16) | VERSION_7 | (nonce >>> 62), VARIANT | (nonce & ~(3L << 62)));
  }
}
