package io.liangjiang.payments.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel that answers what it is told to. It checks the signature of every request with the JDK
 * alone, refuses a nonce it has seen, and signs its answers.
 */
public final class ScriptedChannel implements AutoCloseable {
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private final TestMerchant merchant;
  private final HttpServer server;
  private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> nonces = new CopyOnWriteArrayList<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile String forgedBody = "";

  /** A request that was signed right. */
  public record Request(String method, String uri, String body) {}

  private record Answer(int status, String body) {}

  /** Listens on the port; 0 for any. */
  public ScriptedChannel(TestMerchant merchant, int port) {
    this.merchant = merchant;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://localhost:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** From now on this is the answer to requests whose method and path start so. */
  public void answer(String methodAndPath, int status, String body) {
    answers.put(methodAndPath, request -> new Answer(status, body));
  }

  /**
   * From now on requests whose method and path start so are answered with 200 and what this says.
   */
  public void answer(String methodAndPath, Function<Request, String> body) {
    answers.put(methodAndPath, request -> new Answer(200, body.apply(request)));
  }

  /** From now on this file is under that path and query, unsigned. */
  public void file(String uri, byte[] content) {
    files.put(uri, content);
  }

  /** Cuts the connection instead of the next answers. */
  public void cut(int times) {
    cuts.set(times);
  }

  /** Sends this body under the signature of the right one. */
  public void forge(String body) {
    forgedBody = body;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String uri = exchange.getRequestURI().toString();
    String refusal = refusal(exchange, uri, body);
    if (!refusal.isEmpty()) {
      send(exchange, new Answer(401, "{\"code\":\"SIGN_ERROR\",\"message\":\"" + refusal + "\"}"));
      return;
    }
    Request request = new Request(exchange.getRequestMethod(), uri, body);
    requests.add(request);
    if (cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.close();
      return;
    }
    byte[] file = files.get(uri);
    if (file != null) {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
      exchange.close();
      return;
    }
    String target = exchange.getRequestMethod() + " " + uri;
    send(
        exchange,
        answers.entrySet().stream()
            .filter(entry -> target.startsWith(entry.getKey()))
            .max(Map.Entry.comparingByKey((a, b) -> a.length() - b.length()))
            .map(entry -> entry.getValue().apply(request))
            .orElse(new Answer(500, "{\"code\":\"SYSTEM_ERROR\",\"message\":\"no script\"}")));
  }

  private String refusal(HttpExchange exchange, String uri, String body) {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Map<String, String> parameters = new ConcurrentHashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    String nonce = parameters.getOrDefault("nonce_str", "");
    String text =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            uri,
            parameters.getOrDefault("timestamp", ""),
            nonce,
            body,
            "");
    if (!header.startsWith("WECHATPAY2-SHA256-RSA2048 ")
        || !TestMerchant.ID.equals(parameters.get("mchid"))
        || !TestMerchant.SERIAL.equals(parameters.get("serial_no"))
        || !merchant.isSignedByMerchant(text, parameters.getOrDefault("signature", ""))) {
      return "not signed right";
    }
    if (nonces.contains(nonce)) {
      return "a replay";
    }
    nonces.add(nonce);
    return "";
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    long now = InstantSource.system().instant().getEpochSecond();
    merchant
        .headers(answer.body, now)
        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    String sent = forgedBody.isEmpty() ? answer.body : forgedBody;
    byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
