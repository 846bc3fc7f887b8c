package io.liangjiang.cityctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's commands against a city of real processes. */
class OperatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static City city;

  @BeforeAll
  static void start() {
    Path checkout =
        Path.of(System.getProperty("liangjiang.checkout", "..")).toAbsolutePath().normalize();
    city =
        City.start(CityOptions.fleeting(checkout, "operators").withProgress(System.out::println));
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  private static CommandRun run(String user, String... arguments) {
    try {
      Path password =
          Files.writeString(directory.resolve("staff-" + user), city.staffPassword(user));
      var all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--user", user, "--output", "json"));
      return CommandRun.at(
          city.gatewayUrl().toString(), password.toString(), all.toArray(String[]::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode done(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    try {
      return JSON.readTree(run.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(run.out(), e);
    }
  }

  @Test
  void registersSuspendsAndResumesAGuest() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("guest.json"),
            """
            {"clientId": "operators-guest", "displayName": "示例医院", "purpose": "预约挂号",
             "kind": "WEB_PAGE", "redirectUris": ["https://www.hospital.example/callback"],
             "scopes": [{"scope": "openid", "purpose": "识别您是否来过"}],
             "audiences": ["https://api.hospital.example"], "sector": "hospital.example",
             "requestsPerMinute": 600, "requestsPerDay": 200000}
            """);

    assertThat(done(run("admin", "clients", "register", file.toString())).path("state").asText())
        .isEqualTo("ACTIVE");
    assertThat(done(run("admin", "clients", "list")).findValuesAsText("clientId"))
        .contains("operators-guest");
    var suspended = run("admin", "clients", "suspend", "operators-guest", "--reason", "abuse");
    assertThat(done(suspended).path("state").asText()).isEqualTo("SUSPENDED");
    assertThat(done(run("admin", "clients", "resume", "operators-guest")).path("state").asText())
        .isEqualTo("ACTIVE");
    var stranger = run("gate", "clients", "list");
    assertThat(stranger.exitCode()).isEqualTo(1);
    assertThat(stranger.err()).contains("PERMISSION_DENIED");
  }

  @Test
  void verifiesTheChains() {
    JsonNode walks = done(run("auditor", "verify"));
    assertThat(walks.findValuesAsText("chain")).containsExactly("journal", "consents");
    assertThat(run("admin", "verify").exitCode()).isEqualTo(1);
  }

  @Test
  void closesADayThatIsOver() {
    String day = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(3).toString();

    var imported = run("auditor", "days", "import-bills", day);
    assertThat(done(imported).path("businessDate").asText()).isEqualTo(day);
    assertThat(done(run("auditor", "days", "breaks", day))).isEmpty();
    assertThat(done(run("auditor", "days", "close", day)).path("state").asText())
        .isEqualTo("CLOSED");

    assertThat(done(run("auditor", "days", "list")).findValuesAsText("businessDate")).contains(day);
    var again = run("auditor", "days", "close", day);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("DAY_CLOSED");
  }

  @Test
  void listsErasures() {
    assertThat(done(run("admin", "erasures", "list", "--state", "requested"))).isEmpty();
    var unknown = run("admin", "erasures", "resume", "0199a2c4-7d00-7000-8000-000000000001");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("ERASURE_NOT_FOUND");
  }

  @Test
  void asksEveryServiceForParkedEvents() {
    assertThat(done(run("admin", "events", "list"))).isEmpty();
    assertThat(done(run("auditor", "events", "decisions", "tourism"))).isEmpty();
    var unknown =
        run(
            "admin",
            "events",
            "drop",
            "tourism",
            "0199a2c4-7d00-7000-8000-000000000001",
            "--reason",
            "put right by hand");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("PARKED_EVENT_NOT_FOUND");
    assertThat(run("admin", "events", "list", "nowhere").err()).contains("ROUTE_NOT_FOUND");
  }

  @Test
  void rotatesTheKeyThatSignsTokens() {
    JsonNode next = keys("NEXT");

    JsonNode rotated = done(run("admin", "signing-keys", "rotate"));

    assertThat(rotated.path("signingKeyId")).isEqualTo(next.path("signingKeyId"));
    assertThat(keys("ACTIVE").path("signingKeyId")).isEqualTo(next.path("signingKeyId"));
    assertThat(run("auditor", "signing-keys", "rotate").err()).contains("PERMISSION_DENIED");
  }

  @Test
  void seesThatNothingIsLeftUnderAnotherMasterKey() {
    JsonNode tables = done(run("auditor", "master-key"));
    assertThat(tables.findValuesAsText("name")).contains("signing_key");
  }

  private static JsonNode keys(String state) {
    for (JsonNode key : done(run("admin", "signing-keys", "list"))) {
      if (key.path("state").asText().equals(state)) {
        return key;
      }
    }
    throw new AssertionError("no key is " + state);
  }
}
