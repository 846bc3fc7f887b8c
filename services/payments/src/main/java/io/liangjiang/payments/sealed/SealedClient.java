package io.liangjiang.payments.sealed;

import io.liangjiang.platform.http.BoundedBody;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One server over HTTP. A request is signed; an answer whose signature does not fit says nothing,
 * and the call fails. Bodies are never logged: they hold what is nobody else's business.
 */
public final class SealedClient implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 1_048_576;

  private final Server server;
  private final Seal seal;
  private final HttpClient client;
  private final InstantSource clock;

  /** Calls are made when asked for; nothing is checked now. */
  public SealedClient(Server server, Vertx vertx, InstantSource clock) {
    this.server = server;
    this.seal = new Seal(server.key());
    // Not traced: addresses hold secrets, and nobody outside is to get our trace ids.
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE));
    this.clock = clock;
  }

  /**
   * Where the server is.
   *
   * @param name begins the names of its headers, for example {@code Bank} of {@code Bank-Nonce}
   * @param baseUrl scheme, host and port
   * @param callTimeout how long to wait for an answer, everything included
   */
  public record Server(String name, String baseUrl, String key, Duration callTimeout) {
    @Override
    public String toString() {
      return name + " at " + baseUrl;
    }
  }

  /** What the server said under its signature. */
  public record Said(int status, JsonObject body) {
    private static final int OK = 200;

    /** Fails unless it is the answer that was asked for: about that number in that field. */
    public void requireAbout(String field, String number) {
      if (status != OK || !number.equals(body.getString(field))) {
        throw new IllegalStateException("HTTP status " + status + " " + body.getString("code"));
      }
    }
  }

  /** Reads. */
  public Uni<Said> get(String path) {
    return call(HttpMethod.GET, path, "");
  }

  /** Asks for something to be done. */
  public Uni<Said> post(String path, JsonObject body) {
    return call(HttpMethod.POST, path, body.encode());
  }

  @Override
  public void close() {
    client.closeAndForget();
  }

  private Uni<Said> call(HttpMethod method, String path, String body) {
    String nonce = TimeOrderedId.next(clock).toString();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String signature = seal.ofRequest(method.name(), path, timestamp, nonce, body);
    return client
        .request(
            new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(server.baseUrl() + path)
                .putHeader("Content-Type", "application/json")
                .putHeader(server.name() + "-Timestamp", timestamp)
                .putHeader(server.name() + "-Nonce", nonce)
                .putHeader(server.name() + "-Signature", signature))
        .chain(request -> body.isEmpty() ? request.send() : request.send(body))
        .chain(response -> read(response, nonce))
        .ifNoItem()
        .after(server.callTimeout())
        .fail();
  }

  private Uni<Said> read(HttpClientResponse response, String nonce) {
    String signature = response.getHeader(server.name() + "-Signature");
    return UniHelper.toUni(BoundedBody.of(response.getDelegate(), MAX_BODY_BYTES))
        .map(Buffer::toString)
        .map(
            body -> {
              requireSignature(response.statusCode(), nonce, body, signature);
              return new Said(response.statusCode(), new JsonObject(body));
            });
  }

  private void requireSignature(int status, String nonce, String body, @Nullable String signature) {
    if (signature == null || !seal.isOfAnswer(status, nonce, body, signature)) {
      throw new IllegalStateException(
          "an answer with HTTP status " + status + ", not the " + server.name() + "'s");
    }
  }
}
