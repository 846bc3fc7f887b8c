package io.liangjiang.cityctl.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Service;
import io.liangjiang.standalone.demo.CitizenDay;
import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.phone.Phone;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The city over mutual TLS, as the chart has it: certificates of `cityctl keys init` in the files
 * that the chart mounts, clients that call the names of the headless Services.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MutualTlsIT {
  private static final List<Service> CERTIFIED =
      List.of(
          Service.IDENTITY,
          Service.PAYMENTS,
          Service.TRANSIT,
          Service.TOURISM,
          Service.HEALTHCARE,
          Service.GATEWAY);

  /** Two thirds of a certificate's life ago, so that the next run renews it. */
  private static final Duration LONG_AGO = Duration.ofDays(61);

  private static final String KEYS = "/.well-known/jwks.json";
  private static final String STRANGE = "certificate_unknown|unknown_ca|bad_certificate";
  private static final String RIDES = "/v1/rides";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** As many as mean that each process has called. */
  private static final int MANY_CALLS = 40;

  private static CertificateFiles files;
  private static City city;

  @BeforeAll
  static void start() throws IOException {
    Path checkout =
        Path.of(System.getProperty("liangjiang.checkout", "..")).toAbsolutePath().normalize();
    CityOptions options =
        CityOptions.fleeting(checkout, "certified").withProgress(System.out::println);
    files =
        new CertificateFiles(
            options.data().resolve("tls"), CERTIFIED.stream().map(Service::id).toList());
    files.make(() -> Instant.now().minus(LONG_AGO));
    Map<Service, Map<String, String>> certificates = new EnumMap<>(Service.class);
    CERTIFIED.forEach(service -> certificates.put(service, files.settings(service.id())));
    city = City.start(options.withSettings(calls(options)).withSettingsOf(certificates));
  }

  /** Names, as in a cluster; young connections, so that a renewed certificate is soon shown. */
  private static Map<String, String> calls(CityOptions options) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("jdk.java.options", "-Djdk.net.hosts.file=" + files.hosts());
    settings.put("liangjiang.tls.reload-period", "500ms");
    settings.put("liangjiang.grpc.max-connection-age", "1s");
    String identity =
        "https://" + CertificateFiles.IDENTITY + ":" + options.ports().of(Service.IDENTITY);
    settings.put("liangjiang.tokens.jwks-url", identity + KEYS);
    settings.put("liangjiang.tokens.refresh-interval", "500ms");
    settings.put("liangjiang.gateway.passage.identity-url", identity);
    for (Service service : CERTIFIED) {
      String client = "quarkus.grpc.clients." + service.id();
      settings.put(client + ".host", CertificateFiles.host(service.id()));
      settings.put(client + ".name-resolver", "dns");
      settings.put(client + ".load-balancing-policy", "round_robin");
    }
    return settings;
  }

  @AfterAll
  static void stop() {
    city.close();
  }

  /** Through the gateway, between services, and by the feeds that tickets come by. */
  @Test
  @Order(1)
  void playsACitizensDay() {
    String summary =
        new CitizenDay(city.gatewayUrl(), city.sandboxUrl(), city::staffPassword)
            .play(new PrintStream(OutputStream.nullOutputStream()));

    assertThat(summary).isNotEmpty();
  }

  @Test
  @Order(2)
  void refusesWhoShowsNoCertificate() {
    assertRefused(
        () -> Handshake.nobody(files).settings(grpc(Service.PAYMENTS)), "certificate_required");
  }

  @Test
  @Order(3)
  void refusesACertificateOfAnotherAuthority() {
    CertificateFiles stranger = stranger();

    assertRefused(
        () -> Handshake.of(stranger, "gateway", files).settings(grpc(Service.PAYMENTS)), STRANGE);
  }

  @Test
  @Order(4)
  void takesACertificateOfTheCity() throws Exception {
    assertThat(Handshake.of(files, "gateway", files).settings(grpc(Service.PAYMENTS)))
        .isEqualTo(files.serial("payments"));
  }

  /** Every process has its keys from there, or it would not be ready. */
  @Test
  @Order(5)
  void answersHttpWithinTheCityToCertificatesAlone() throws Exception {
    int port = city.options().ports().of(Service.IDENTITY);
    CertificateFiles stranger = stranger();

    assertThat(Handshake.of(files, "gateway", files).get(port, KEYS))
        .startsWith("HTTP/1.1 200")
        .contains("\"kid\"");
    assertRefused(() -> Handshake.nobody(files).get(port, KEYS), "certificate_required");
    assertRefused(() -> Handshake.of(stranger, "gateway", files).get(port, KEYS), STRANGE);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Phone inTheClear = Phone.anonymous(http, city.url(Service.IDENTITY));
      assertThatThrownBy(() -> inTheClear.get(KEYS)).isInstanceOf(NoAnswer.class);
    }
  }

  /** What of identity's HTTP is for the world passes through the gateway. */
  @Test
  @Order(6)
  void passesGuestsThrough() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Phone guest = Phone.anonymous(http, city.gatewayUrl());

      assertThat(guest.get("/.well-known/openid-configuration").text("/issuer"))
          .isEqualTo(city.gatewayUrl().toString());
      assertThat(guest.get(KEYS).text("/keys/0/kid")).isNotEmpty();
    }
  }

  /** While somebody asks all the time; afterwards every server shows the new one. */
  @Test
  @Order(7)
  void renewsCertificatesWithoutARestart() throws Exception {
    long pid = city.pid(Service.PAYMENTS);
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    try (HttpClient http = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Phone phone = Phone.anonymous(http, city.gatewayUrl());
      var asking = threads.submit(() -> ask(phone, faults, over));
      String before = files.serial("payments");
      files.make(Instant::now);
      String after = files.serial("payments");
      assertThat(after).isNotEqualTo(before);
      for (Service service : CERTIFIED.subList(0, CERTIFIED.size() - 1)) {
        shows(service, files.serial(service.id()));
      }
      int identity = city.options().ports().of(Service.IDENTITY);
      assertRefused(() -> Handshake.nobody(files).get(identity, KEYS), "certificate_required");
      playsACitizensDay();
      over.set(true);
      assertThat(asking.get()).isGreaterThan(0);
    }
    assertThat(faults).isEmpty();
    assertThat(city.pid(Service.PAYMENTS)).isEqualTo(pid);
  }

  private static CertificateFiles stranger() {
    CertificateFiles stranger =
        new CertificateFiles(
            files.directory().resolveSibling("stranger"), List.of("gateway", "identity"));
    stranger.make(Instant::now);
    return stranger;
  }

  /** By the server's alert, or by its leaving while we were still speaking. */
  private static void assertRefused(ThrowingCallable call, String alert) {
    assertThatThrownBy(call)
        .isInstanceOf(IOException.class)
        .hasMessageMatching(".*(" + alert + "|Broken pipe|Connection reset).*");
  }

  /** Somebody stands where identity stood; at last with its own certificate, to see it matter. */
  @Test
  @Order(8)
  void takesKeysFromNobodyWhoOnlySaysThatItIsIdentity() throws Exception {
    int port = city.options().ports().of(Service.IDENTITY);
    KeyPair keys = ForgedIssuer.keys();
    CertificateFiles stranger = stranger();
    city.stop("identity");
    try (HttpClient http = HttpClient.newHttpClient()) {
      Phone forger = Phone.anonymous(http, city.gatewayUrl()).with(ForgedIssuer.token(keys));

      try (var another = new ForgedIssuer(Handshake.of(stranger, "identity", files), port, keys)) {
        assertRefused(another, forger);
      }
      try (var neighbour = new ForgedIssuer(Handshake.of(files, "tourism", files), port, keys)) {
        assertRefused(neighbour, forger);
      }
      try (var same = new ForgedIssuer(Handshake.of(files, "identity", files), port, keys)) {
        assertThat(eventually(forger)).isEqualTo(200);
        assertThat(same.requests()).isPositive();
      }
    }
  }

  private static void assertRefused(ForgedIssuer issuer, Phone forger) throws Exception {
    assertThat(issuer.isRefused(MANY_CALLS)).isTrue();
    assertThat(issuer.requests()).isZero();
    assertThat(forger.get(RIDES).status()).isEqualTo(401);
  }

  /** What is answered once it is no longer that nobody is known by such a token. */
  private static int eventually(Phone forger) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int status = forger.get(RIDES).status();
    while (status == 401 && System.nanoTime() < deadline) {
      status = forger.get(RIDES).status();
    }
    return status;
  }

  /** How many answers there were. */
  private static int ask(Phone phone, Queue<String> faults, AtomicBoolean over) {
    int answers = 0;
    while (!over.get()) {
      try {
        int status = phone.get("/v1/lines").status();
        answers++;
        if (status != 200) {
          faults.add("status " + status);
        }
      } catch (NoAnswer e) {
        faults.add(e.getMessage());
      }
    }
    return answers;
  }

  private static void shows(Service service, String serial) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String shown = "";
    while (!shown.equals(serial) && System.nanoTime() < deadline) {
      shown = Handshake.of(files, "gateway", files).settings(grpc(service));
    }
    assertThat(shown).as("serial number of " + service.id()).isEqualTo(serial);
  }

  private static int grpc(Service service) {
    return city.options().ports().grpcOf(service);
  }
}
