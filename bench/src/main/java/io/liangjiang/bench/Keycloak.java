package io.liangjiang.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.LogFile;
import io.liangjiang.standalone.process.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keycloak as its distribution is, on the same PostgreSQL server: one realm with refresh tokens
 * that work once, a client for people and one for machines.
 */
final class Keycloak implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(180);
  private static final Duration END_PATIENCE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REALM = "bench";

  /** Credentials of the realm's machine. */
  private static final Map<String, String> MACHINE =
      Map.of("client_id", "machine", "client_secret", "secret-of-the-bench");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final URI token;

  Keycloak(Path checkout) {
    Path home = home(checkout);
    int port = freePort();
    int management = freePort();
    var log = LogFile.fresh(checkout.resolve("target/bench/keycloak.log"));
    var books = Postgres.create();
    var settings =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS_KC_HEAP",
            "-Xms512m -Xmx512m",
            // what its own start script leaves out on a JDK that is newer than it
            "JAVA_OPTS_APPEND",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "KC_DB_URL",
            books.database().jdbcUrl(),
            "KC_DB_USERNAME",
            "postgres",
            "KC_DB_PASSWORD",
            "postgres",
            "KC_HTTP_PORT",
            String.valueOf(port),
            "KC_HTTP_MANAGEMENT_PORT",
            String.valueOf(management));
    build(home, settings, log);
    var line =
        List.of(
            home.resolve("bin/kc.sh").toString(),
            "start",
            "--optimized",
            "--import-realm",
            "--http-enabled=true",
            "--hostname-strict=false",
            "--cache=local");
    this.process = ChildProcess.start(command(line, settings, home), log);
    this.token =
        URI.create(
            "http://localhost:%d/realms/%s/protocol/openid-connect/token".formatted(port, REALM));
    await(URI.create("http://localhost:" + management + "/health/ready"));
  }

  long pid() {
    return process.pid();
  }

  /** Signs the realm's citizen in and yields the refresh token. */
  String signIn() throws IOException, InterruptedException {
    return post(Map.of(
            "grant_type",
            "password",
            "client_id",
            "people",
            "username",
            "citizen",
            "password",
            "password-of-the-bench"))
        .path("refresh_token")
        .asText();
  }

  /** Uses a refresh token and yields its successor. */
  String refresh(String refreshToken) throws IOException, InterruptedException {
    String next =
        post(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "people",
                "refresh_token",
                refreshToken))
            .path("refresh_token")
            .asText();
    if (next.isEmpty() || next.equals(refreshToken)) {
      throw new IllegalStateException("the refresh token was not rotated");
    }
    return next;
  }

  /** A token for the realm's machine. */
  void clientCredentials() throws IOException, InterruptedException {
    var form = new java.util.HashMap<>(MACHINE);
    form.put("grant_type", "client_credentials");
    if (post(form).path("access_token").asText().isEmpty()) {
      throw new IllegalStateException("no access token");
    }
  }

  @Override
  public void close() {
    // its script waits for the server instead of becoming it, and would leave it behind
    ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::children)
        .forEach(ProcessHandle::destroy);
    process.askToEnd();
    process.awaitEnd(END_PATIENCE);
  }

  private JsonNode post(Map<String, String> form) throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(token)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("Keycloak said " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Chooses the database for good, which makes the start short. */
  private static void build(Path home, Map<String, String> settings, LogFile log) {
    try (InputStream realm = Keycloak.class.getResourceAsStream("/bench-realm.json")) {
      Path imports = Files.createDirectories(home.resolve("data/import"));
      Files.copy(realm, imports.resolve("bench-realm.json"), StandardCopyOption.REPLACE_EXISTING);
      var builder =
          new ProcessBuilder(
                  home.resolve("bin/kc.sh").toString(),
                  "build",
                  "--db=postgres",
                  "--health-enabled=true")
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
      builder.environment().putAll(settings);
      if (builder.start().waitFor() != 0) {
        throw new IllegalStateException("Keycloak could not be built; see " + log.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(URI address) {
    try {
      new Readiness(http).await(process, address, START_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ChildProcess.Command command(
      List<String> line, Map<String, String> settings, Path home) {
    return new ChildProcess.Command("keycloak", line, settings, home);
  }

  private static Path home(Path checkout) {
    Path folder = checkout.resolve("target/bench/keycloak");
    try (var homes = Files.list(folder)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/kc.sh")))
          .findFirst()
          .orElseThrow(Keycloak::missing);
    } catch (IOException e) {
      throw missing();
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "Keycloak is not here; `make bench-peers` fetches it (160 MB, from Maven Central)");
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
