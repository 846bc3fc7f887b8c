package io.liangjiang.cityctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators' commands ask the gateway, show and exit with. */
class OperatorCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final FakeGateway gateway = new FakeGateway();
  private Path password;

  @BeforeEach
  void writePassword() throws IOException {
    password = Files.writeString(directory.resolve("password"), "correct horse\n");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.at(gateway.uri().toString(), password.toString(), arguments);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void signsInWithThePasswordOfTheFileAndOutAgain() {
    gateway.answers("GET /v1/clients?pageSize=100", 200, "{\"clients\": []}");

    assertThat(run("clients", "list", "--user", "li").exitCode()).isZero();

    var calls = gateway.allCalls();
    assertThat(calls)
        .extracting(FakeGateway.Call::path)
        .containsExactly(
            "/v1/sessions:signInStaff", "/v1/clients?pageSize=100", "/v1/sessions:signOut");
    assertThat(json(calls.getFirst().body()))
        .isEqualTo(json("{\"username\": \"li\", \"password\": \"correct horse\"}"));
    assertThat(calls.get(1).token()).isEqualTo("Bearer token-1");
  }

  @Test
  void readsAListToItsEndAndShowsItAsATable() {
    gateway
        .answers(
            "GET /v1/clients?pageSize=100",
            200,
            "{\"clients\": [{\"clientId\": \"one\", \"state\": \"ACTIVE\"}],"
                + " \"nextPageToken\": \"a b\"}")
        .answers(
            "GET /v1/clients?pageSize=100&pageToken=a%20b",
            200, "{\"clients\": [{\"clientId\": \"another\", \"state\": \"SUSPENDED\"}]}");

    var run = run("clients", "list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "clientId  kind  state      sector  requestsPerDay  displayName",
            "one             ACTIVE",
            "another         SUSPENDED");
  }

  @Test
  void givesProgramsTheJsonOfTheCity() {
    gateway.answers(
        "GET /v1/clients?pageSize=100", 200, "{\"clients\": [{\"clientId\": \"one\"}]}");

    var run = run("clients", "list", "--output", "json");

    assertThat(json(run.out())).isEqualTo(json("[{\"clientId\": \"one\"}]"));
  }

  @Test
  void saysWhyTheCityRefused() {
    gateway.answers(
        "POST /v1/businessDays/2026-11-20:close",
        400,
        "{\"reason\": \"BREAKS_OPEN\", \"detail\": \"breaks are open\","
            + " \"metadata\": {\"count\": \"2\"}}");

    var run = run("days", "close", "2026-11-20");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("BREAKS_OPEN: breaks are open; count=\"2\"");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void exitsWithThreeWhenNobodyAnswers() {
    gateway.close();
    var run = run("verify");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("does not answer");
  }

  @Test
  void sendsTheSameAgainWhenTheAnswerIsLost() {
    gateway
        .answers("POST /v1/clients/one:suspend", 0, "")
        .answers("POST /v1/clients/one:suspend", 200, "{\"state\": \"SUSPENDED\"}");

    var run = run("clients", "suspend", "one", "--reason", "abuse");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("state: SUSPENDED");
    assertThat(gateway.calls()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(gateway.calls())
        .extracting(FakeGateway.Call::key)
        .doesNotContain("")
        .containsOnly(gateway.calls().getFirst().key());
  }

  @Test
  void exitsWithTwoForACommandLineThatIsNone() {
    assertThat(run("clients", "suspend", "one").exitCode()).isEqualTo(2);
    assertThat(run("days", "close", "yesterday").exitCode()).isEqualTo(2);
    assertThat(run("clients", "register", "no-such-file").exitCode()).isEqualTo(2);
    assertThat(
            CommandRun.at(gateway.uri().toString(), directory.resolve("none").toString(), "verify")
                .exitCode())
        .isEqualTo(2);
    var withoutPassword = CommandRun.of(List.of("verify", "--gateway", gateway.uri().toString()));
    assertThat(withoutPassword.exitCode()).isEqualTo(2);
    assertThat(withoutPassword.err()).contains("CITYCTL_PASSWORD");
    assertThat(gateway.allCalls()).isEmpty();
  }

  @Test
  void explainsItself() {
    assertThat(run("days", "close", "--help").out()).contains("Closes a day", "--password-file");
    assertThat(run("verify", "--help").out()).contains("JOURNAL, CONSENTS");
  }

  @Test
  void namesTheFirstRecordThatWasChanged() {
    gateway
        .answers(
            "GET /v1/journal:verify",
            200,
            "{\"checkedTransferCount\": 7, \"sha256\": \"ab\", \"nextPageToken\": \"go-on\"}")
        .answers(
            "GET /v1/journal:verify?pageToken=go-on",
            200,
            "{\"checkedTransferCount\": 2, \"fault\": {\"difference\": \"CHANGED\","
                + " \"batchId\": 12, \"transferId\": \"t-1\"}, \"sha256\": \"cd\"}")
        .answers(
            "GET /v1/consents:verify",
            200,
            "{\"checkedRevisionCount\": 5, \"fault\": null, \"nextPageToken\": \"\"}");

    var run = run("verify", "--user", "auditor", "--output", "json");

    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode walks = json(run.out());
    assertThat(walks.get(0).path("checked").asInt()).isEqualTo(9);
    assertThat(walks.get(0).at("/fault/transferId").asText()).isEqualTo("t-1");
    assertThat(walks.get(1).path("checked").asInt()).isEqualTo(5);
    assertThat(walks.get(1).has("fault")).isFalse();
  }

  @Test
  void verifiesOneChainAlone() {
    gateway.answers("GET /v1/consents:verify", 200, "{\"checkedRevisionCount\": 5}");
    var run = run("verify", "consents");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Everything is as it was written.");
  }

  @Test
  void exitsWithOneWhileBreaksAreOpen() {
    String path = "GET /v1/reconciliationBreaks?state=OPEN&businessDate=2026-11-20&pageSize=100";
    gateway
        .answers(path, 200, "{\"breaks\": [{\"breakId\": \"b-1\", \"type\": \"BILL_LATE\"}]}")
        .answers(path, 200, "{\"breaks\": []}");

    var run = run("days", "breaks", "2026-11-20");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("b-1", "BILL_LATE");
    assertThat(run("days", "breaks", "2026-11-20").exitCode()).isZero();
  }

  @Test
  void rotatesAKeyBesideTheOldOneAndThenAlone() throws IOException {
    String registered =
        "{\"clientId\": \"one\", \"displayName\": \"One\", \"state\": \"ACTIVE\", \"createTime\":"
            + " \"t\", \"jwks\": \"{\\\"keys\\\": [{\\\"kid\\\": \\\"old\\\"}]}\"}";
    gateway
        .answers("GET /v1/clients/one", 200, registered)
        .answers("GET /v1/clients/one", 200, registered)
        .answers("POST /v1/clients/one:update", 200, "{}")
        .answers("POST /v1/clients/one:update", 200, "{}");
    Path jwks = Files.writeString(directory.resolve("jwks"), "{\"keys\": [{\"kid\": \"new\"}]}");

    assertThat(run("clients", "rotate-key", "one", "--jwks", jwks.toString()).exitCode()).isZero();
    assertThat(run("clients", "rotate-key", "one", "--jwks", jwks.toString(), "--only").exitCode())
        .isZero();

    JsonNode first = json(gateway.calls().get(1).body()).path("client");
    JsonNode second = json(gateway.calls().get(3).body()).path("client");
    assertThat(json(first.path("jwks").asText()).path("keys").findValuesAsText("kid"))
        .containsExactly("new", "old");
    assertThat(json(second.path("jwks").asText()).path("keys").findValuesAsText("kid"))
        .containsExactly("new");
    assertThat(first.path("displayName").asText()).isEqualTo("One");
    assertThat(first.has("state")).isFalse();
  }

  @Test
  void showsWhatHoldsAnErasure() {
    gateway
        .answers(
            "GET /v1/erasures?state=ERASING&pageSize=100",
            200,
            "{\"erasures\": [{\"erasureId\": \"e-1\", \"blockers\": [\"transit/RIDE_UNPAID\"],"
                + " \"steps\": [{\"service\": \"payments\"}]}]}")
        .answers("POST /v1/erasures/e-1:resume", 200, "{\"erasureId\": \"e-1\"}");

    var list = run("erasures", "list", "--state", "erasing");
    assertThat(list.out()).contains("transit/RIDE_UNPAID", "payments");
    assertThat(run("erasures", "resume", "e-1").exitCode()).isZero();
  }

  @Test
  void listsParkedEventsOfEveryServiceThatAnswers() {
    for (String service : List.of("payments", "transit", "healthcare", "identity")) {
      gateway.answers(
          "GET /v1/services/" + service + "/parkedEvents?pageSize=100",
          200,
          "{\"parkedEvents\": []}");
    }
    gateway
        .answers(
            "GET /v1/services/tourism/parkedEvents?pageSize=100",
            200,
            "{\"parkedEvents\": [{\"eventId\": \"e-1\", \"state\": \"PARKED\","
                + " \"failure\": \"no price\"}]}")
        .answers(
            "GET /v1/services/transit/parkedEvents?pageSize=100",
            503,
            "{\"reason\": \"UNAVAILABLE\", \"detail\": \"it is away\"}");

    assertThat(run("events", "list").exitCode()).isZero();
    var run = run("events", "list");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("tourism", "e-1", "PARKED", "no price");
    assertThat(run.err()).contains("transit: UNAVAILABLE: it is away");
  }

  @Test
  void listsWhatWasDecidedInOneService() {
    gateway
        .answers(
            "GET /v1/services/tourism/parkedEventDecisions?eventId=e-1&pageSize=100",
            200,
            "{\"decisions\": [{\"eventId\": \"e-1\", \"operator\": \"li\","
                + " \"outcome\": \"FAILED\"}]}")
        .answers(
            "GET /v1/services/tourism/parkedEvents?includeOver=true&pageSize=100",
            200,
            "{\"parkedEvents\": [{\"eventId\": \"e-0\", \"state\": \"DROPPED\"}]}");

    assertThat(run("events", "decisions", "tourism", "--event", "e-1").out())
        .contains("tourism", "li", "FAILED");
    assertThat(run("events", "list", "tourism", "--all").out()).contains("e-0", "DROPPED");
  }

  @Test
  void decidesAboutParkedEventsWithAReason() {
    gateway
        .answers(
            "POST /v1/services/tourism/parkedEvents/e-1:replay",
            200,
            "{\"decisions\": [{\"decisionId\": \"7\", \"kind\": \"REPLAY\"}]}")
        .answers(
            "POST /v1/services/tourism/parkedEvents/e-1:drop",
            409,
            "{\"reason\": \"REPLAY_UNDER_WAY\", \"detail\": \"it was decided\"}");

    var replay = run("events", "replay", "tourism", "e-1", "--reason", "mended");
    var drop = run("events", "drop", "tourism", "e-1", "--reason", "by hand");

    assertThat(replay.exitCode()).isZero();
    assertThat(replay.out()).contains("7", "REPLAY");
    assertThat(json(gateway.calls().getFirst().body())).isEqualTo(json("{\"reason\": \"mended\"}"));
    assertThat(gateway.calls().getFirst().key()).isNotEmpty();
    assertThat(drop.exitCode()).isEqualTo(1);
    assertThat(drop.err()).contains("REPLAY_UNDER_WAY");
    assertThat(run("events", "drop", "tourism", "e-1").exitCode()).isEqualTo(2);
  }

  @Test
  void rotatesOnceThoughNoAnswerCame() {
    gateway
        .answers("POST /v1/signingKeys:rotate", 0, "")
        .answers("POST /v1/signingKeys:rotate", 200, "{\"signingKeyId\": \"k2\"}");

    var run = run("signing-keys", "rotate");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("signingKeyId: k2");
    assertThat(gateway.calls()).extracting(FakeGateway.Call::key).hasSize(2).doesNotContain("");
    assertThat(gateway.calls().stream().map(FakeGateway.Call::key).distinct()).hasSize(1);
  }

  @Test
  void exitsWithOneWhileRowsAreLeftUnderAnotherMasterKey() {
    gateway
        .answers("GET /v1/masterKeyRotation", 200, masterKey(2, 0))
        .answers("GET /v1/masterKeyRotation", 200, masterKey(0, 1))
        .answers("GET /v1/masterKeyRotation", 200, masterKey(0, 0));

    var left = run("master-key");
    var unreadable = run("master-key");
    var done = run("master-key");

    assertThat(left.exitCode()).isEqualTo(1);
    assertThat(left.out()).contains("2 rows are left to be sealed under abcd1234.");
    assertThat(unreadable.exitCode()).isEqualTo(1);
    assertThat(unreadable.out()).contains("1 rows are under a key that identity does not have.");
    assertThat(done.exitCode()).isZero();
    assertThat(done.out().lines())
        .containsExactly(
            "name     rows  rowsLeft  rowsUnreadable",
            "citizen  3     0         0",
            "Everything is sealed under abcd1234.");
  }

  private static String masterKey(int left, int unreadable) {
    return """
    {"masterKeyId": "abcd1234",
     "tables": [{"name": "citizen", "rows": 3, "rowsLeft": %d, "rowsUnreadable": %d}]}
    """
        .formatted(left, unreadable);
  }
}
