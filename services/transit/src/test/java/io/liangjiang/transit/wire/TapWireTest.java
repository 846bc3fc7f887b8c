package io.liangjiang.transit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.SigningKey;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.key.SigningKeys;
import io.liangjiang.transit.v1.Ride;
import io.liangjiang.transit.v1.Tap;
import io.liangjiang.transit.v1.TapResult;
import io.liangjiang.transit.v1.TapResult.Outcome;
import io.liangjiang.transit.v1.TapResult.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(PaymentsPort.class)
class TapWireTest {
  @Inject TransitCity city;
  @Inject MutableClock clock;
  @Inject SigningKeys keys;

  private final UUID citizenId = UUID.randomUUID();

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void makesRideOfTap() {
    Tap tap = city.tap(city.code(citizenId));

    TapResult result = city.upload(tap);

    assertThat(result.getOutcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(result.getTapId()).isEqualTo(tap.getTapId());
    assertThat(city.rides(citizenId))
        .singleElement()
        .satisfies(
            ride -> {
              assertThat(ride.getRideId()).isEqualTo(result.getRideId());
              assertThat(ride.getLineId()).isEqualTo("cq-503");
              assertThat(ride.getLineName()).isEqualTo("503路");
              assertThat(ride.getVehicleId()).isEqualTo("渝A00001D");
              assertThat(ride.getFare().getAmountMinor()).isEqualTo(200);
              assertThat(ride.getFare().getCurrencyCode()).isEqualTo("CNY");
              assertThat(ride.getFareProductId()).isEqualTo("cq-city-single");
              assertThat(ride.getFareMedia()).isEqualTo(Ride.FareMedia.CITY_CODE);
              assertThat(ride.getState()).isEqualTo(Ride.State.ACCEPTED);
              assertThat(ride.getFareExplanation()).contains("503路").contains("2.00 CNY");
            });
  }

  @Test
  void answersTapThatComesAgainWithDuplicateAndTheSameRide() {
    Tap tap = city.tap(city.code(citizenId));
    TapResult first = city.upload(tap);

    List<TapResult> again = city.upload(List.of(tap, tap));

    assertThat(again)
        .allSatisfy(
            result -> {
              assertThat(result.getOutcome()).isEqualTo(Outcome.DUPLICATE);
              assertThat(result.getReason()).isEqualTo(Reason.REASON_UNSPECIFIED);
              assertThat(result.getRideId()).isEqualTo(first.getRideId());
            });
    assertThat(city.rides(citizenId)).hasSize(1);
  }

  @Test
  void acceptsTheFirstOfTwoEqualTapsInOneCall() {
    Tap tap = city.tap(city.code(citizenId));

    assertThat(city.upload(List.of(tap, tap)))
        .extracting(TapResult::getOutcome)
        .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE);
  }

  @Test
  void refusesOtherContentUnderUsedTapId() {
    Tap tap = city.tap(city.code(citizenId));
    city.upload(tap);

    TapResult other = city.upload(tap.toBuilder().setVehicleId("other").build());

    assertThat(other.getOutcome()).isEqualTo(Outcome.REFUSED);
    assertThat(other.getReason()).isEqualTo(Reason.TAP_ID_REUSED);
  }

  @Test
  void acceptsLateTapAsOfItsOwnTime() {
    Tap tap = city.tap(city.code(citizenId));
    clock.advance(Duration.ofDays(6));

    assertThat(city.upload(tap).getOutcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void refusesTapThatIsTooLateButStillKnowsOneThatWasNot() {
    Tap known = city.tap(city.code(citizenId));
    Tap unknown = city.tap(city.code(UUID.randomUUID()));
    city.upload(known);
    clock.advance(Duration.ofDays(8));

    assertThat(city.upload(known).getOutcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(city.upload(unknown).getReason()).isEqualTo(Reason.TAP_TOO_OLD);
  }

  @Test
  void flagsCopiedCodeAndChargesOnlyTheFirstShowing() {
    String code = city.code(citizenId);
    Instant now = city.now();
    clock.advance(Duration.ofSeconds(20));
    Tap copy = city.tap(code, now.plusSeconds(9)).toBuilder().setVehicleId("B").build();
    Tap original = city.tap(code, now.plusSeconds(2));

    assertThat(city.upload(copy).getOutcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(city.upload(original).getOutcome()).isEqualTo(Outcome.ACCEPTED);

    TapResult copyAgain = city.upload(copy);
    assertThat(copyAgain.getOutcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(copyAgain.getReason()).isEqualTo(Reason.COPIED_CODE);
    assertThat(copyAgain.getRideId()).isEmpty();
    assertThat(city.rides(citizenId))
        .singleElement()
        .satisfies(ride -> assertThat(ride.getVehicleId()).isEqualTo("渝A00001D"));
    // The copy was noticed while the code was live: the next showing is refused as revoked.
    assertThat(city.upload(city.tap(code)).getReason()).isIn(Reason.REVOKED, Reason.COPIED_CODE);
  }

  @Test
  void takesCompanionWithFreshCode() {
    Tap own = city.tap(city.code(citizenId));
    Tap companion = city.tap(city.code(citizenId));

    assertThat(city.upload(List.of(companion, own)))
        .extracting(TapResult::getOutcome)
        .containsOnly(Outcome.ACCEPTED);
    assertThat(city.rides(citizenId)).hasSize(2);
  }

  @Test
  void judgesEachTapOfCallByItself() {
    String code = city.code(citizenId);
    Tap good = city.tap(code);
    String forged =
        issue(SigningKey.generate(), CodeKind.CITIZEN, city.now(), Duration.ofMinutes(1));
    String ticket = issue(ownKey(), CodeKind.TICKET, city.now(), Duration.ofMinutes(1));
    char last = code.charAt(153) == '0' ? '1' : '0';

    List<TapResult> results =
        city.upload(
            List.of(
                city.tap("not a code"),
                city.tap(""),
                good,
                city.tap(forged),
                city.tap(code.substring(0, 153) + last),
                city.tap(ticket),
                city.tap(code, city.now().minusSeconds(90)),
                city.tap(code, city.now().plusSeconds(60)),
                good.toBuilder().setTapId(UUID.randomUUID().toString()).setLineId("x").build()));

    assertThat(results)
        .extracting(TapResult::getReason)
        .containsExactly(
            Reason.MALFORMED,
            Reason.MALFORMED,
            Reason.REASON_UNSPECIFIED,
            Reason.UNKNOWN_KEY,
            Reason.BAD_SIGNATURE,
            Reason.WRONG_KIND,
            Reason.NOT_YET_VALID,
            Reason.TAP_IN_FUTURE,
            Reason.LINE_NOT_FOUND);
    assertThat(results.get(2).getOutcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void refusesCodeThatHadExpiredWhenItWasShown() {
    String code = city.code(citizenId);
    clock.advance(Duration.ofMinutes(2));

    assertThat(city.upload(city.tap(code)).getReason()).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void takesThousandTapsInOneCall() {
    SigningKey key = ownKey();
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      taps.add(city.tap(issue(key, CodeKind.CITIZEN, city.now(), Duration.ofMinutes(1))));
    }

    assertThat(city.upload(taps))
        .hasSize(1_000)
        .extracting(TapResult::getOutcome)
        .containsOnly(Outcome.ACCEPTED);
    assertThat(city.upload(taps)).extracting(TapResult::getOutcome).containsOnly(Outcome.DUPLICATE);
  }

  @Test
  void concurrentUploadsOfTheSameTapsMakeEachRideOnce() {
    List<Tap> taps = new ArrayList<>();
    String shared = city.code(citizenId);
    for (int i = 0; i < 20; i++) {
      taps.add(city.tap(i % 4 == 0 ? shared : city.code(UUID.randomUUID())));
    }
    List<Thread> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      uploads.add(Thread.ofVirtual().start(() -> city.upload(taps)));
    }
    for (Thread upload : uploads) {
      join(upload);
    }

    assertThat(city.upload(taps))
        .allSatisfy(result -> assertThat(result.getOutcome()).isEqualTo(Outcome.DUPLICATE))
        .filteredOn(result -> result.getReason() == Reason.COPIED_CODE)
        .hasSize(4);
    assertThat(city.rides(citizenId))
        .singleElement()
        .satisfies(
            ride ->
                assertThat(ProtoTime.instant(ride.getBoardTime()))
                    .isEqualTo(micros(ProtoTime.instant(taps.getFirst().getTapTime()))));
  }

  private static Instant micros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SigningKey ownKey() {
    return TransitCity.await(keys.ring()).signingKey(city.now());
  }

  private static String issue(SigningKey key, CodeKind kind, Instant time, Duration lifetime) {
    return new CityCodeIssuer(key, new SecureRandom())
        .issue(kind, UUID.randomUUID(), time, lifetime, Set.of())
        .text();
  }
}
