package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan;
import io.liangjiang.sandbox.fault.FaultPlan.Answers;
import io.liangjiang.sandbox.fault.Faults;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Where every request of the merchant comes in and every answer goes out: checks and signs. */
@Singleton
final class ChannelGate {
  private static final int NONCE_LENGTH = 32;
  private static final int CUT_TIMEOUT_SECONDS = 5;

  private final ChannelKeys keys;
  private final NonceWindow nonces;
  private final Faults faults;
  private final InstantSource wireClock;
  private final ObjectMapper json;

  /** The channel's SDK signs with the machine's time, whatever day the city is told it is. */
  ChannelGate(
      ChannelKeys keys,
      NonceWindow nonces,
      Faults faults,
      InstantSource clock,
      SandboxConfig config,
      ObjectMapper json) {
    this.keys = keys;
    this.nonces = nonces;
    this.faults = faults;
    this.wireClock = InstantSource.offset(clock, config.clockOffset().negated());
    this.json = json;
  }

  /** A request whose signature holds. */
  record Verified(String body, String platformSerial) {}

  /**
   * Checks the request, has it handled and signs the answer.
   *
   * @param body as it came, empty when there was none
   * @param handler gives what the answer's body is made of, or null for 204
   */
  Response serve(HttpServerRequest request, String body, Function<Verified, Object> handler) {
    String serial = keys.serialFor(request.getHeader("Wechatpay-Serial"));
    FaultPlan plan = faults.now();
    pause(plan.latencyMs());
    Response answer = answer(request, new Verified(body, serial), handler);
    if (plan.answers() == Answers.LOSE && answer.getStatus() < 300) {
      cut(request);
    }
    return answer;
  }

  /** Checks the request and gives what the handler gives, unsigned: for files. */
  Response download(HttpServerRequest request, Function<Verified, Response> handler) {
    try {
      verify(request, "");
      return handler.apply(new Verified("", keys.certificateSerial()));
    } catch (SandboxException e) {
      return signed(e.status(), error(e), keys.certificateSerial());
    }
  }

  /** Reads a body. Errors: PARAM_ERROR. */
  <T> T read(Verified request, Class<T> type) {
    try {
      T value = json.readValue(request.body(), type);
      if (value == null) {
        throw ChannelErrors.parameter("the body is empty");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw ChannelErrors.parameter("the body is not the JSON that is expected");
    }
  }

  private Response answer(
      HttpServerRequest request, Verified verified, Function<Verified, Object> handler) {
    try {
      verify(request, verified.body());
      if (faults.now().answers() == Answers.FAIL) {
        throw ChannelErrors.system();
      }
      Object result = handler.apply(verified);
      return result == null
          ? signed(204, "", verified.platformSerial())
          : signed(200, write(result), verified.platformSerial());
    } catch (SandboxException e) {
      return signed(e.status(), error(e), verified.platformSerial());
    }
  }

  private void verify(HttpServerRequest request, String body) {
    Authorization authorization = Authorization.parse(request.getHeader("Authorization"));
    Instant now = wireClock.instant();
    if (!authorization.merchantId().equals(keys.merchantId())) {
      throw ChannelErrors.sign("mchid is not registered");
    }
    if (!authorization.serial().equalsIgnoreCase(keys.merchantSerial())) {
      throw ChannelErrors.sign("serial_no is not a certificate of the merchant");
    }
    Duration off = Duration.between(Instant.ofEpochSecond(authorization.timestamp()), now).abs();
    if (off.compareTo(NonceWindow.TOLERANCE) > 0) {
      throw ChannelErrors.sign("timestamp is more than 5 minutes off");
    }
    String message = authorization.message(request.method().name(), request.uri(), body);
    if (!keys.isMerchantSignature(message, authorization.signature())) {
      throw ChannelErrors.sign("signature does not fit the request");
    }
    if (!nonces.isNew(authorization.nonce(), now)) {
      throw ChannelErrors.sign("nonce_str was used before");
    }
  }

  private Response signed(int status, String body, String serial) {
    String timestamp = Long.toString(wireClock.instant().getEpochSecond());
    String nonce = keys.nonce(NONCE_LENGTH);
    Response.ResponseBuilder response =
        Response.status(status)
            .header("Request-ID", keys.nonce(NONCE_LENGTH))
            .header("Wechatpay-Nonce", nonce)
            .header("Wechatpay-Timestamp", timestamp)
            .header("Wechatpay-Serial", serial)
            .header("Wechatpay-Signature", keys.sign(SignedText.of(timestamp, nonce, body)));
    return status == 204
        ? response.build()
        : response.type(MediaType.APPLICATION_JSON).entity(body).build();
  }

  private String error(SandboxException e) {
    return write(Map.of("code", e.code(), "message", e.getMessage()));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer could not be written as JSON", e);
    }
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

  private static void pause(int millis) {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
