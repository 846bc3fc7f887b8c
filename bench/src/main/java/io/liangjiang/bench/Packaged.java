package io.liangjiang.bench;

import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.LogFile;
import io.liangjiang.standalone.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A packaged process of the city, or a program of the bench, as a process of its own on a free
 * port.
 */
final class Packaged implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);
  private static final String READY = "/q/health/ready";
  private static final Duration END_PATIENCE = Duration.ofSeconds(20);
  private static final boolean NATIVE = "native".equals(System.getProperty("form"));
  private static final String HEAP = "-Xmx512m";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final ChildProcess process;
  private final int port;
  private final int managementPort;
  private final int grpcPort;

  private Packaged(ChildProcess process, int port, int managementPort, int grpcPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    this.grpcPort = grpcPort;
  }

  /**
   * Starts a Quarkus application by its folder, for example "services/payments", and waits until it
   * is ready. With the system property {@code form=native} it is what make native compiled.
   */
  static Packaged application(Path checkout, String folder, Map<String, String> environment) {
    int port = freePort();
    int managementPort = freePort();
    int grpcPort = freePort();
    var settings = new HashMap<>(environment);
    settings.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    settings.put("QUARKUS_HTTP_HOST", "localhost");
    settings.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    settings.put("QUARKUS_MANAGEMENT_HOST", "localhost");
    settings.put("QUARKUS_GRPC_SERVER_PORT", String.valueOf(grpcPort));
    settings.put("QUARKUS_GRPC_SERVER_HOST", "localhost");
    settings.put("LIANGJIANG_ENVIRONMENT", "development");
    settings.put("LIANGJIANG_TOKENS_JWKS", TestTokens.jwks());
    Path target = checkout.resolve(folder).resolve("target");
    String runner = target.resolve(Path.of(folder).getFileName() + "-runner").toString();
    String jar = target.resolve("quarkus-app/quarkus-run.jar").toString();
    var command = NATIVE ? List.of(runner, HEAP) : List.of(JAVA, "-Xms512m", HEAP, "-jar", jar);
    var process = start(checkout, folder.replace('/', '-'), command, settings);
    return new Packaged(process, port, managementPort, grpcPort).ready();
  }

  /** Starts a main class of the bench with its port as the argument. */
  static Packaged program(Path checkout, Class<?> main) {
    int port = freePort();
    var command =
        List.of(
            JAVA,
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            String.valueOf(port));
    return new Packaged(start(checkout, main.getSimpleName(), command, Map.of()), port, port, port);
  }

  private static ChildProcess start(
      Path checkout, String name, List<String> line, Map<String, String> environment) {
    var log = LogFile.fresh(checkout.resolve("target/bench/" + name + ".log"));
    var command = new ChildProcess.Command(name, line, environment, checkout);
    return ChildProcess.start(command, log);
  }

  private Packaged ready() {
    try {
      var address = URI.create("http://localhost:" + managementPort + READY);
      new Readiness(HttpClient.newHttpClient()).await(process, address, START_PATIENCE);
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it says again that it is ready. */
  void awaitReady() {
    var unused = ready();
  }

  /** Ends it without a word (SIGKILL). */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Where it speaks HTTP. */
  int port() {
    return port;
  }

  /** Where it speaks gRPC. */
  int grpcPort() {
    return grpcPort;
  }

  long pid() {
    return process.pid();
  }

  /** Memory that it holds now. */
  long residentMegabytes() {
    return Resident.megabytes(pid());
  }

  @Override
  public void close() {
    process.askToEnd();
    process.awaitEnd(END_PATIENCE);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
