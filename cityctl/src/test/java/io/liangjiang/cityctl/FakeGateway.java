package io.liangjiang.cityctl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the gateway would, and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {
  /** What came. */
  record Call(String method, String path, String token, String key, String body) {}

  private record Reply(int status, String body) {}

  private final Map<String, Queue<Reply>> replies = new HashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
    answers("POST /v1/sessions:signInStaff", 200, "{\"accessToken\": \"token-1\"}");
    answers("POST /v1/sessions:signOut", 200, "{}");
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** The next answer to a call, the last one again and again; status 0 breaks the connection. */
  FakeGateway answers(String call, int status, String body) {
    replies.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Reply(status, body));
    return this;
  }

  /** All calls but signing in and out. */
  List<Call> calls() {
    return calls.stream().filter(call -> !call.path().startsWith("/v1/sessions")).toList();
  }

  List<Call> allCalls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              path,
              header(exchange, "Authorization"),
              header(exchange, "Idempotency-Key"),
              body));
      Queue<Reply> left = replies.get(exchange.getRequestMethod() + " " + path);
      Reply reply =
          left == null
              ? new Reply(404, "{\"reason\": \"NOT_FOUND\"}")
              : left.size() > 1 ? left.poll() : left.peek();
      if (reply == null || reply.status() == 0) {
        return; // the connection breaks
      }
      byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
