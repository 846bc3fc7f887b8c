package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which databases are migrated before an upgrade. */
class MigrationHooksTest {
  private static Stream<String> migrations(Objects objects) {
    return objects.all().stream()
        .filter(Manifest::isHook)
        .map(Manifest::name)
        .filter(name -> name.contains("-migration"))
        .distinct();
  }

  @Test
  void migratesEveryDatabaseWhereNoClusterIsSeen() {
    assertThat(Chart.objects("evaluation").of("Job").map(Manifest::name))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "liangjiang-keys",
                "liangjiang-identity-migration",
                "liangjiang-payments-migration",
                "liangjiang-transit-migration",
                "liangjiang-tourism-migration",
                "liangjiang-healthcare-migration"));
  }

  /** Its database may come with the upgrade; its pods migrate at their start. */
  @Test
  void leavesOutAComponentThatWasNotInstalledYet() {
    Objects objects = Chart.objectsBeside("production", "liangjiang-payments");

    assertThat(migrations(objects))
        .containsExactlyInAnyOrder(
            "liangjiang-payments-migration", "liangjiang-payments-migration-in");
  }

  @Test
  void isSwitchedOff() {
    assertThat(migrations(Chart.objects("production", Map.of("migrations.hook", false)))).isEmpty();
  }
}
