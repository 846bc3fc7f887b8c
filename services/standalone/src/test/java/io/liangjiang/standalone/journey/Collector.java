package io.liangjiang.standalone.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes in spans over OTLP and HTTP. Looks for bytes in what came instead of reading protobuf: an
 * export is of one process and names it.
 */
final class Collector implements AutoCloseable {
  static final Set<String> SERVICES_OF_A_TRIP = Set.of("gateway", "payments", "tourism");

  private final HttpServer server;
  private final Queue<String> exports = new ConcurrentLinkedQueue<>();

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** What a process is told. */
  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Who has told of spans of the trace. */
  Set<String> services(byte[] trace) {
    return SERVICES_OF_A_TRIP.stream()
        .filter(service -> ofTrace(trace).anyMatch(export -> export.contains(resource(service))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The attribute service.name of a resource, as protobuf writes it: key, then value, by length.
   */
  private static String resource(String service) {
    int length = service.length();
    return "service.name" + "\u0012" + (char) (length + 2) + "\n" + (char) length + service;
  }

  /** Whether the text stands in an export that has a span of the trace. */
  boolean mentions(byte[] trace, String text) {
    String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
    return ofTrace(trace).anyMatch(export -> export.contains(bytes));
  }

  private Stream<String> ofTrace(byte[] trace) {
    String id = new String(trace, ISO_8859_1);
    return exports.stream().filter(export -> export.contains(id));
  }

  private void take(HttpExchange exchange) throws IOException {
    exports.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
