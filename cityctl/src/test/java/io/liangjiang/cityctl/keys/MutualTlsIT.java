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
import javax.net.ssl.SSLException;
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
    city = City.start(options.withSettings(calls()).withSettingsOf(certificates));
  }

  /** Names, as in a cluster; young connections, so that a renewed certificate is soon shown. */
  private static Map<String, String> calls() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("jdk.java.options", "-Djdk.net.hosts.file=" + files.hosts());
    settings.put("liangjiang.tls.reload-period", "500ms");
    settings.put("liangjiang.grpc.max-connection-age", "1s");
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
    assertThatThrownBy(() -> Handshake.nobody(files).settings(grpc(Service.PAYMENTS)))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("certificate_required");
  }

  @Test
  @Order(3)
  void refusesACertificateOfAnotherAuthority() {
    CertificateFiles stranger =
        new CertificateFiles(files.directory().resolveSibling("stranger"), List.of("gateway"));
    stranger.make(Instant::now);

    assertThatThrownBy(
            () -> Handshake.of(stranger, "gateway", files).settings(grpc(Service.PAYMENTS)))
        .isInstanceOf(SSLException.class)
        .hasMessageMatching(".*(certificate_unknown|unknown_ca|bad_certificate).*");
  }

  @Test
  @Order(4)
  void takesACertificateOfTheCity() throws Exception {
    assertThat(Handshake.of(files, "gateway", files).settings(grpc(Service.PAYMENTS)))
        .isEqualTo(files.serial("payments"));
  }

  /** While somebody asks all the time; afterwards every server shows the new one. */
  @Test
  @Order(5)
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
      playsACitizensDay();
      over.set(true);
      assertThat(asking.get()).isGreaterThan(0);
    }
    assertThat(faults).isEmpty();
    assertThat(city.pid(Service.PAYMENTS)).isEqualTo(pid);
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
