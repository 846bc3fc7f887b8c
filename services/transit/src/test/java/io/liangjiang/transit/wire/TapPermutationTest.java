package io.liangjiang.transit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.SigningKey;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.transit.key.SigningKeys;
import io.liangjiang.transit.v1.Ride;
import io.liangjiang.transit.v1.Tap;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A day of taps, handed in in many orders, in pieces of many sizes, many of them more than once:
 * always the same rides and the same total. The day holds good taps, companions, copies, expired
 * codes and noise.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(PaymentsPort.class)
class TapPermutationTest {
  private static final int ROUNDS = 12;
  private static final List<String> LINES = List.of("cq-503", "cq-K01", "cq-3101", "cq-T011");

  @Inject TransitCity city;
  @Inject SigningKeys keys;
  @Inject Database database;

  private final Random random = new Random(20260501);

  @Test
  void anyOrderAndRepetitionOfDaysTapsGivesTheSameRidesAndTotal() {
    UUID citizenId = UUID.randomUUID();
    List<Tap> day = day(citizenId, LINES);
    Set<List<Ride>> outcomes = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      forgetEverything();
      handIn(withRepetitions(day));
      outcomes.add(city.rides(citizenId));
    }

    assertThat(outcomes).hasSize(1);
    List<Ride> rides = outcomes.iterator().next();
    assertThat(rides).hasSize(30);
    long total = rides.stream().mapToLong(ride -> ride.getFare().getAmountMinor()).sum();
    assertThat(total)
        .isEqualTo(
            rides.stream()
                .map(Ride::getLineId)
                .mapToLong(line -> List.of(200L, 300L, 100L, 0L).get(LINES.indexOf(line)))
                .sum());
  }

  @Test
  void anyOrderAndRepetitionChargesTheSameTotalWhileChargingGoesOn() {
    for (int round = 0; round < 4; round++) {
      UUID citizenId = UUID.randomUUID();
      city.payments().fill(citizenId, 100_000);
      int start = 0;
      List<Tap> taps = withRepetitions(day(citizenId, LINES.subList(0, 1)));
      while (start < taps.size()) {
        int end = Math.min(taps.size(), start + 1 + random.nextInt(40));
        city.upload(taps.subList(start, end));
        city.chargeDue();
        start = end;
      }

      assertThat(city.payments().charges(citizenId)).hasSize(30);
      assertThat(city.payments().balance(citizenId)).isEqualTo(100_000 - 30 * 200);
      assertThat(city.rides(citizenId))
          .hasSize(30)
          .extracting(Ride::getState)
          .containsOnly(Ride.State.SUCCESS);
    }
  }

  private List<Tap> day(UUID citizenId, List<String> lines) {
    SigningKey key = TransitCity.await(keys.ring()).signingKey(city.now());
    CityCodeIssuer issuer = new CityCodeIssuer(key, new SecureRandom());
    Instant morning = city.now().minus(Duration.ofHours(20));
    List<Tap> day = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Instant shown = morning.plus(Duration.ofMinutes(random.nextInt(1_000)));
      String code =
          issuer.issue(CodeKind.CITIZEN, citizenId, shown, Duration.ofMinutes(1), Set.of()).text();
      day.add(tap(code, shown.plusSeconds(random.nextInt(50)), lines));
      for (int copy = random.nextInt(3); copy > 0; copy--) {
        day.add(tap(code, shown.plusSeconds(random.nextInt(50)), lines));
      }
      if (i % 5 == 0) {
        day.add(tap(code, shown.plusSeconds(300), lines));
        day.add(tap("noise", shown, lines));
      }
    }
    return day;
  }

  private Tap tap(String code, Instant tapTime, List<String> lines) {
    return city.tap(code, tapTime).toBuilder()
        .setLineId(lines.get(random.nextInt(lines.size())))
        .setVehicleId("vehicle-" + random.nextInt(100))
        .build();
  }

  private List<Tap> withRepetitions(List<Tap> day) {
    List<Tap> taps = new ArrayList<>(day);
    for (Tap tap : day) {
      for (int again = random.nextInt(3); again > 0; again--) {
        taps.add(tap);
      }
    }
    Collections.shuffle(taps, random);
    return taps;
  }

  private void handIn(List<Tap> taps) {
    int start = 0;
    while (start < taps.size()) {
      int end = Math.min(taps.size(), start + 1 + random.nextInt(40));
      city.upload(taps.subList(start, end));
      start = end;
    }
  }

  private void forgetEverything() {
    for (String table : List.of("tap", "ride", "code_revocation")) {
      TransitCity.await(database.client().query("truncate " + table).execute());
    }
  }
}
