package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentTest {
  @TempDir Path data;
  private Environment environment;

  @BeforeEach
  void keepChannelKeys() throws IOException {
    Path keys = Files.createDirectories(data.resolve("secrets/channel"));
    Files.writeString(
        keys.resolve("sandbox.env"),
        "LIANGJIANG_SANDBOX_PLATFORM_PRIVATE_KEY_FILE=/moved/platform-private.pem\n");
    Files.writeString(
        keys.resolve("payments.env"), "LIANGJIANG_CHANNEL_SANDBOX_PAY_MERCHANT_ID=1900000109\n");
    CityOptions options =
        CityOptions.kept(data)
            .withData(data)
            .withSettings(Map.of("liangjiang.x.y-z", "1"))
            .withSettingsOf(Map.of(Service.SANDBOX, Map.of("liangjiang.x.y-z", "2")));
    environment = new Environment(options, new Secrets(data.resolve("secrets")));
  }

  @Test
  void writesPropertiesAsVariables() {
    assertThat(Environment.variable("liangjiang.channel.sandbox-pay.base-url"))
        .isEqualTo("LIANGJIANG_CHANNEL_SANDBOX_PAY_BASE_URL");
  }

  @Test
  void givesEachServiceItsOwnDatabase() {
    assertThat(environment.of(Service.TOURISM))
        .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:9032/tourism")
        .containsEntry("QUARKUS_DATASOURCE_USERNAME", "tourism");
  }

  @Test
  void tellsEachServiceWhereTheOthersAre() {
    assertThat(environment.of(Service.GATEWAY))
        .containsEntry("QUARKUS_HTTP_PORT", "8080")
        .containsEntry("QUARKUS_MANAGEMENT_PORT", "9020")
        .containsEntry("QUARKUS_GRPC_CLIENTS_PAYMENTS_PORT", "9012")
        .doesNotContainKey("QUARKUS_DATASOURCE_REACTIVE_URL");
  }

  @Test
  void givesTheGatewayASecretThatIdentityKnows() {
    assertThat(environment.of(Service.GATEWAY)).containsKey("LIANGJIANG_SERVICE_CLIENT_SECRET");
    assertThat(environment.of(Service.IDENTITY))
        .containsKey("LIANGJIANG_IDENTITY_SERVICE_CLIENTS_GATEWAY_SECRET_SHA256");
  }

  @Test
  void findsTheChannelsKeysWhereTheyAreNow() {
    assertThat(environment.of(Service.SANDBOX))
        .containsEntry(
            "LIANGJIANG_SANDBOX_PLATFORM_PRIVATE_KEY_FILE",
            data.resolve("secrets/channel/platform-private.pem").toString());
  }

  @Test
  void letsTheOptionsHaveTheLastWord() {
    assertThat(environment.of(Service.PAYMENTS)).containsEntry("LIANGJIANG_X_Y_Z", "1");
    assertThat(environment.of(Service.SANDBOX)).containsEntry("LIANGJIANG_X_Y_Z", "2");
  }
}
