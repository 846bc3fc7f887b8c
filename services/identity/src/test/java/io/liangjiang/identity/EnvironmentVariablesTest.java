package io.liangjiang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A launcher and a chart set everything by environment variables. */
class EnvironmentVariablesTest {
  @Test
  void reachServicesByClientId() {
    var settings =
        TestSettings.of(
            Map.of("LIANGJIANG_IDENTITY_SERVICE_CLIENTS_TOURISM_SECRET_SHA256", "ab12"));
    assertThat(settings.serviceClients()).containsOnlyKeys("tourism");
    assertThat(settings.serviceClients().get("tourism").secretSha256()).isEqualTo("ab12");
  }

  @Test
  void reachAppsByAppId() {
    var settings =
        TestSettings.of(Map.of("LIANGJIANG_IDENTITY_APPS_WX0123456789ABCDEF_SECRET", "s"));
    assertThat(settings.apps()).containsOnlyKeys("wx0123456789abcdef");
  }

  @Test
  void reachStaffWithADashInTheirName() {
    var settings =
        TestSettings.of(
            Map.of(
                "LIANGJIANG_IDENTITY_STAFF_PASSWORDS_BUS_OPERATOR", "p1",
                "LIANGJIANG_IDENTITY_STAFF_PASSWORDS_HOSPITAL_DESK", "p2"));
    assertThat(settings.staffPasswords().busOperator()).hasValue("p1");
    assertThat(settings.staffPasswords().hospitalDesk()).hasValue("p2");
  }

  @Test
  void mayBeAbsent() {
    var settings = TestSettings.of(Map.of());
    assertThat(settings.masterKey()).isEmpty();
    assertThat(settings.accessTokenTtl()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.refreshGrace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.serviceClients()).isEmpty();
  }
}
