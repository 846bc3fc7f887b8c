package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A Tuesday afternoon: every replica of the gateway, of payments and of identity is replaced while
 * citizens go on, and none of them hears anything that a phone cannot send again.
 */
@DisabledIfSystemProperty(
    named = "liangjiang.form",
    matches = "native",
    disabledReason = "only a JVM looks names up in the file of this test")
final class RollingUpgradeIT {
  private static final List<Service> REPLACED =
      List.of(Service.IDENTITY, Service.PAYMENTS, Service.GATEWAY);
  private static final int CITIZENS = 8;

  /** A service was called where it is no longer, though by its name it is elsewhere. */
  private static final String WENT_TO_WHO_LEFT = "UNAVAILABLE";

  @Test
  void noRequestFailsThatAPhoneCannotSendAgain() throws InterruptedException {
    try (Rollout rollout = Rollout.of(REPLACED);
        UpgradeLoad load = new UpgradeLoad(rollout.gatewayUrl())) {
      load.begin(citizens(rollout.city()));
      for (Service service : REPLACED) {
        int before = load.heard().size();
        rollout.replaceAll(service);
        report(service, load.heard().stream().skip(before).toList());
      }
      List<Heard> upgrade = load.heard();
      assertThat(upgrade).noneMatch(Heard::isFault);
      assertThat(upgrade).filteredOn(Heard::isBroken).isEmpty();
      assertThat(upgrade).extracting(Heard::reason).doesNotContain(WENT_TO_WHO_LEFT);

      // That the phones would have heard it: a gateway that goes without a word.
      rollout.crashOne(Service.GATEWAY);
      Eventually.is(() -> load.heard().stream().filter(Heard::isBroken).count(), cut -> cut > 0);
      rollout.forgetOne(Service.GATEWAY);
      assertThat(load.heard()).anyMatch(Heard::isBroken).noneMatch(Heard::isFault);
      load.end().forEach(account -> isBookedOnce(rollout.gatewayUrl(), account));
    }
  }

  private static List<Citizen> citizens(City city) {
    return Stream.generate(() -> Citizen.signedIn(city)).limit(CITIZENS).toList();
  }

  private static void report(Service service, List<Heard> heard) {
    Map<String, Long> others =
        heard.stream()
            .filter(one -> !one.isAnswered())
            .collect(Collectors.groupingBy(Heard::toString, Collectors.counting()));
    System.out.printf(
        "%s: %d requests, not answered at once: %s%n", service.id(), heard.size(), others);
  }

  /** Every top-up that was asked for is one top-up, and its money came once. */
  private static void isBookedOnce(String gateway, UpgradeLoad.Account account) {
    assertThat(account.topUps()).hasSize(account.sent());
    Caller caller = account.citizen().caller().at(gateway);
    long wanted = account.sent() * UpgradeLoad.TOP_UP_FEN;
    Number balance =
        Eventually.is(
            () -> caller.<Number>ask("/v1/wallets/me", "balance.amountMinor"),
            fen -> fen.longValue() >= wanted);
    assertThat(balance.longValue()).isEqualTo(wanted);
  }
}
