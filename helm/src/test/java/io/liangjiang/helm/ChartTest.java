package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  @Test
  void passesHelmsOwnCheck() {
    assertThat(Chart.lint().isFailed()).as(Chart.lint().getMessages().toString()).isFalse();
  }

  @Test
  void takesWhatOneComponentSaysOverTheDefaults() {
    Objects objects =
        Chart.objects("minimal", Map.of("defaults.replicas", 3, "components.transit.replicas", 1));

    assertThat(objects.named("Deployment", "liangjiang-transit").number("spec.replicas")).isOne();
    assertThat(objects.named("Deployment", "liangjiang-gateway").number("spec.replicas"))
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void makesKeysOnlyWhenAsked(String generate) {
    Objects objects = Chart.objects("evaluation", Map.of("keys.generate", generate));

    assertThat(objects.find("Job", "liangjiang-keys").isPresent())
        .isEqualTo(generate.equals("true"));
    assertThat(objects.of("Role").count()).isEqualTo(generate.equals("true") ? 1 : 0);
  }

  @Test
  void readsNoSecretThatTheOperatorGives() {
    Objects objects = Chart.objects("production", Map.of("keys.existingSecrets.transit", "mine"));

    assertThat(objects.named("ConfigMap", "liangjiang-keys").text("data.\"plan.json\""))
        .doesNotContain("liangjiang-transit-keys")
        .contains("mine/client-secret");
    assertThat(objects.first("Role").list("rules[1].resourceNames")).contains("mine");
  }

  @Test
  void readsOtherMasterKeysWhileTheyAreChanged() {
    Objects objects = Chart.objects("evaluation", Map.of("keys.otherMasterKeys", "true"));

    assertThat(objects.named("Deployment", "liangjiang-identity").podSpec().toString())
        .contains("LIANGJIANG_IDENTITY_OTHER_MASTER_KEYS", "other-master-keys");
    assertThat(Chart.objects("evaluation").named("Deployment", "liangjiang-identity").podSpec())
        .asString()
        .doesNotContain("OTHER_MASTER_KEYS");
  }

  @Test
  void givesEveryComponentTheServiceConfigOfTheCity() {
    String config = "{\"methodConfig\": [{\"name\": [{}]}]}";
    Objects objects = Chart.objects("minimal", Map.of("calls.serviceConfig", config));

    assertThat(objects.named("ConfigMap", "liangjiang-calls").text("data.\"service-config.json\""))
        .isEqualTo("{\"methodConfig\":[{\"name\":[{}]}]}");
    assertThat(
            objects
                .named("ConfigMap", "liangjiang-transit")
                .text("data.LIANGJIANG_GRPC_SERVICE_CONFIG"))
        .isEqualTo("/etc/liangjiang/calls/service-config.json");
  }

  @Test
  void callsIdentityByHttpsWhereThereAreCertificates() {
    Objects objects = Chart.objects("minimal");

    assertThat(
            objects
                .named("ConfigMap", "liangjiang-gateway")
                .text("data.LIANGJIANG_GATEWAY_PASSAGE_IDENTITY_URL"))
        .isEqualTo("https://liangjiang-identity:9001");
    assertThat(objects.named("ConfigMap", "liangjiang-identity").text("data.LIANGJIANG_TLS_HTTP"))
        .isEqualTo("true");
    assertThat(objects.named("ConfigMap", "liangjiang-keys").text("data.\"plan.json\""))
        .contains("\"liangjiang-identity.city.svc\"")
        .doesNotContain("\"liangjiang-transit\"");
  }

  @Test
  void asksCertManagerForCertificatesWhereItIs() {
    Objects objects = Chart.objects("production");

    assertThat(objects.of("Certificate").map(Manifest::name))
        .contains("liangjiang-gateway-tls", "liangjiang-authority")
        .hasSize(7);
    assertThat(objects.of("CronJob")).isEmpty();
    assertThat(objects.named("ConfigMap", "liangjiang-keys").text("data.\"plan.json\""))
        .doesNotContain("certificates");
  }
}
