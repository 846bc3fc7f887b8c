package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.tourism.TourismSettings;
import io.liangjiang.tourism.secret.Vault;
import io.liangjiang.tourism.trip.NewTrip;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes the trip of a plan: its id, its times, its holders sealed. */
@ApplicationScoped
public class NewTrips {
  /** A trip whose purchase stopped half-way is taken up by the sweep after that time. */
  private static final Duration FIRST_SWEEP = Duration.ofSeconds(20);

  private final Vault vault;
  private final TourismSettings settings;
  private final InstantSource clock;

  NewTrips(Vault vault, TourismSettings settings, InstantSource clock) {
    this.vault = vault;
    this.settings = settings;
    this.clock = clock;
  }

  NewTrip of(Caller caller, String payerId, Plan plan) {
    UUID tripId = TimeOrderedId.next(clock);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<NewTrip.Item> items = new ArrayList<>();
    for (int position = 0; position < plan.lines().size(); position++) {
      items.add(item(tripId, position, plan.lines().get(position)));
    }
    return new NewTrip(
        tripId,
        UUID.fromString(caller.subject()),
        UUID.fromString(caller.actor()),
        UUID.fromString(payerId),
        plan.merchantId(),
        vault.keyId(),
        now,
        now.plus(settings.holdTime()),
        now.plus(FIRST_SWEEP),
        items);
  }

  private NewTrip.Item item(UUID tripId, int position, Plan.Line line) {
    var person = line.person();
    byte[] plain = (person.name() + "\n" + person.document()).getBytes(StandardCharsets.UTF_8);
    String place = "trip_item/" + tripId + "/" + position;
    return new NewTrip.Item(
        position,
        line.offer().slot(),
        line.riderCategory(),
        line.amountMinor(),
        new NewTrip.Holder(
            person.maskedName(),
            vault.seal(plain, place),
            vault.documentHash(person.document()),
            person.dependantId()));
  }
}
