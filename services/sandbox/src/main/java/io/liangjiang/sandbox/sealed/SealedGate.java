package io.liangjiang.sandbox.sealed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.SandboxException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks each request's signature and time, and signs each answer with the request's nonce. Nonces
 * are not remembered: the number of what is asked for is what makes a replay harmless.
 */
public final class SealedGate {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z-]{16,64}");
  private static final int CUT_TIMEOUT_SECONDS = 5;

  private final String name;
  private final String key;
  private final InstantSource clock;
  private final ObjectMapper json;

  SealedGate(String name, String key, InstantSource clock, ObjectMapper json) {
    this.name = name;
    this.key = key;
    this.clock = clock;
    this.json = json;
  }

  /** Checks the request, has it handled and signs the answer. */
  public Response serve(
      HttpServerRequest request, String body, Trouble trouble, Supplier<Object> handler) {
    String nonce = header(request, "Nonce");
    Response answer = answer(request, body, nonce, () -> unless(trouble, handler));
    if (trouble.losesAnswers() && answer.getStatus() == 200) {
      cut(request);
    }
    return answer;
  }

  /** Reads a body. Errors: 400 INVALID_JSON. */
  public <T> T read(String body, Class<T> type) {
    try {
      T value = json.readValue(body, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new SandboxException(400, "INVALID_JSON", "the body is not the JSON that is expected");
  }

  private Response answer(
      HttpServerRequest request, String body, String nonce, Supplier<Object> handler) {
    try {
      verify(request, body, nonce);
      return signed(200, nonce, write(handler.get()));
    } catch (SandboxException e) {
      return signed(e.status(), nonce, write(Map.of("code", e.code(), "message", e.getMessage())));
    }
  }

  private static Object unless(Trouble trouble, Supplier<Object> handler) {
    if (trouble.fails()) {
      throw new SandboxException(500, "SYSTEM_ERROR", "the server is not well");
    }
    return handler.get();
  }

  private void verify(HttpServerRequest request, String body, String nonce) {
    String timestamp = header(request, "Timestamp");
    if (!SECONDS.matcher(timestamp).matches() || !NONCE.matcher(nonce).matches()) {
      throw unauthorized("the time stamp or the nonce is missing or malformed");
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(time, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      throw unauthorized("the time stamp is more than 5 minutes off");
    }
    String expected = sign(request.method().name(), request.path(), timestamp, nonce, body);
    boolean fits =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8),
            header(request, "Signature").getBytes(StandardCharsets.UTF_8));
    if (!fits) {
      throw unauthorized("the signature does not fit the request");
    }
  }

  private Response signed(int status, String nonce, String body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .header(name + "-Signature", sign(Integer.toString(status), nonce, body))
        .entity(body)
        .build();
  }

  private String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String text = String.join("\n", lines) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no " + ALGORITHM, e);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer could not be written as JSON", e);
    }
  }

  private String header(HttpServerRequest request, String part) {
    String value = request.getHeader(name + "-" + part);
    return value == null ? "" : value;
  }

  private static SandboxException unauthorized(String message) {
    return new SandboxException(401, "SIGN_ERROR", message);
  }

  /** Returns when the connection is closed, so that the answer cannot slip out before. */
  private static void cut(HttpServerRequest request) {
    request
        .connection()
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(CUT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .exceptionally(e -> null)
        .join();
  }
}
