package io.liangjiang.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The servers outside the city, over real HTTP. What they answer is written in what they are asked,
 * because a test cannot reach into another class loader: a code {@code open.<open id>.<anything>}
 * is worth one sign-in, {@code phone.<number>.<anything>} one number, {@code down} is a failing
 * server, {@code error.<number>} gets that error of the provider's; a person called {@code 错名}
 * mismatches, {@code 无此人} is unknown, {@code 停机} meets a failing bureau, everybody else matches; a
 * child called {@code 陌路人} is nobody's, {@code 停机} meets a failing bureau, everybody else is the
 * asker's; phones that begin with 1990000 get no SMS; before the camera a person called {@code 换脸}
 * is another, {@code 未到} has not come, {@code 断网} meets a failing provider, everybody else passes.
 */
public final class OutsideWorld implements QuarkusTestResourceLifecycleManager {
  /** What the provider refuses to send to. */
  public static final String FAILING_PHONES = "1990000";

  private static final int THREADS = 8;

  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final AtomicInteger bureauCalls = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private final Map<String, Deque<String>> inbox = new ConcurrentHashMap<>();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/sns/jscode2session", e -> answer(e, session(query(e, "js_code"))));
    server.createContext("/cgi-bin/stable_token", e -> answer(e, token(e)));
    server.createContext("/wxa/business/getuserphonenumber", e -> answer(e, phone(e)));
    server.createContext("/realNameVerifications", e -> answer(e, verify(e)));
    server.createContext("/parenthoodVerifications", e -> answer(e, parenthood(e)));
    server.createContext("/faceVerifications", e -> answer(e, face(e)));
    server.createContext("/smsMessages", e -> answer(e, sms(e)));
    server.createContext("/calls", e -> answer(e, "{\"bureau\":%d}".formatted(bureauCalls.get())));
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    return Map.of("liangjiang.sandbox.url", url, "test.outside.url", url);
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  private String session(String code) {
    if (code.startsWith("down")) {
      return error(-1);
    }
    if (code.startsWith("error.")) {
      return error(Integer.parseInt(code.split("\\.", -1)[1]));
    }
    if (!code.startsWith("open.")) {
      return error(40029);
    }
    if (!used.add(code)) {
      return error(40163);
    }
    String openId = code.split("\\.", -1)[1];
    return "{\"openid\":\"%s\",\"session_key\":\"c2VjcmV0\",\"unionid\":\"union-%s\"}"
        .formatted(openId, openId);
  }

  private String token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!field(body, "secret").equals(DevelopmentCity.APP_SECRET) || body.contains("true")) {
      return error(40125);
    }
    return "{\"access_token\":\"token-%d\",\"expires_in\":7200}"
        .formatted(tokens.incrementAndGet());
  }

  private String phone(HttpExchange exchange) throws IOException {
    if (!query(exchange, "access_token").startsWith("token-")) {
      return error(40001);
    }
    String code = field(exchange, "code");
    if (code.startsWith("error.")) {
      return error(Integer.parseInt(code.split("\\.", -1)[1]));
    }
    if (!code.startsWith("phone.") || !used.add(code)) {
      return error(40029);
    }
    return "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"%s\"}}"
        .formatted(code.split("\\.", -1)[1]);
  }

  private String verify(HttpExchange exchange) throws IOException {
    bureauCalls.incrementAndGet();
    boolean key =
        DevelopmentCity.BUREAU_API_KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"));
    String result =
        switch (field(exchange, "name")) {
          case "错名" -> "MISMATCH";
          case "无此人" -> "UNKNOWN";
          case "停机" -> "";
          default -> key ? "MATCH" : "UNKNOWN";
        };
    return "{\"result\":\"%s\"}".formatted(result);
  }

  private static String parenthood(HttpExchange exchange) throws IOException {
    String result =
        switch (field(exchange, "childName")) {
          case "陌路人" -> "NOT_PARENT";
          case "停机" -> "";
          default -> "PARENT";
        };
    return "{\"result\":\"%s\"}".formatted(result);
  }

  /** Makes a ticket of the name, or says what came of it. */
  private static String face(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("X-Api-Key");
    if (!DevelopmentCity.FACE_API_KEY.equals(key)) {
      return "{}";
    }
    if (exchange.getRequestMethod().equals("POST")) {
      byte[] name = field(exchange, "name").getBytes(StandardCharsets.UTF_8);
      return "{\"ticket\":\"%s\"}".formatted(HexFormat.of().formatHex(name));
    }
    String path = exchange.getRequestURI().getPath();
    byte[] name = HexFormat.of().parseHex(path.substring(path.lastIndexOf('/') + 1));
    String result =
        switch (new String(name, StandardCharsets.UTF_8)) {
          case "换脸" -> "FAILED";
          case "未到" -> "PENDING";
          case "断网" -> "";
          default -> "PASSED";
        };
    return "{\"result\":\"%s\"}".formatted(result);
  }

  /** Takes a message, or shows those that a phone got, newest first. */
  private String sms(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      return String.join(
          "\n", inbox.getOrDefault(query(exchange, "phoneNumber"), new ConcurrentLinkedDeque<>()));
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String phone = field(body, "phoneNumber");
    if (phone.startsWith(FAILING_PHONES) || !isSigned(exchange, body)) {
      return "{\"state\":\"REFUSED\"}";
    }
    inbox
        .computeIfAbsent(phone, p -> new ConcurrentLinkedDeque<>())
        .addFirst(field(body, "messageId") + " " + field(body, "code"));
    return "{\"state\":\"ACCEPTED\"}";
  }

  private static boolean isSigned(HttpExchange exchange, String body) {
    var headers = exchange.getRequestHeaders();
    String text =
        String.join(
            "\n",
            "POST",
            "/smsMessages",
            headers.getFirst("Sms-Timestamp"),
            headers.getFirst("Sms-Nonce"),
            body,
            "");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              DevelopmentCity.SMS_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String right = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return right.equals(headers.getFirst("Sms-Signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String error(int code) {
    return "{\"errcode\":%d,\"errmsg\":\"as the test asked\"}".formatted(code);
  }

  private static String field(HttpExchange exchange, String name) throws IOException {
    return field(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), name);
  }

  private static String field(String body, String name) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(body);
    return value.find() ? value.group(1) : "";
  }

  private static String query(HttpExchange exchange, String name) {
    for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
