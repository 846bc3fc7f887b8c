package io.liangjiang.gateway.edge;

import io.liangjiang.platform.caller.TokenSettings;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.http.BoundedBody;
import io.liangjiang.platform.tls.MutualTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the city's tokens for outside verifiers, as the identity service publishes
 * them (JWK Set, RFC 7517). Kept for a short while, so that readers cannot load identity; while
 * identity is away the last keys are given.
 */
@Singleton
final class IssuerKeys {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration COME_BACK = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 64 * 1_024;

  private record Kept(byte[] keys, long untilNanos) {}

  private final HttpClient client;
  private final TokenSettings tokens;
  private final Duration maxAge;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();
  private final AtomicReference<@Nullable Future<byte[]>> fetching = new AtomicReference<>();

  IssuerKeys(Vertx vertx, MutualTls tls, TokenSettings tokens, EdgeSettings settings) {
    // Not traced: no request is behind it.
    this.client =
        vertx.createHttpClient(
            tls.within(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE)));
    this.tokens = tokens;
    this.maxAge = settings.keysMaxAge();
  }

  /** The keys as JSON. Fails with UNAVAILABLE when there never were any. */
  Future<byte[]> json() {
    var inline = tokens.jwks();
    if (inline.isPresent()) {
      return Future.succeededFuture(Buffer.buffer(inline.get()).getBytes());
    }
    Kept known = kept.get();
    if (known != null && System.nanoTime() - known.untilNanos < 0) {
      return Future.succeededFuture(known.keys);
    }
    return fetchOnce();
  }

  /** How long readers may keep them. */
  Duration maxAge() {
    return maxAge;
  }

  private Future<byte[]> fetchOnce() {
    Future<byte[]> running = fetching.get();
    if (running != null) {
      return running;
    }
    Future<byte[]> started = fetch().map(this::keep).recover(this::lastKnown);
    if (fetching.compareAndSet(null, started)) {
      started.onComplete(done -> fetching.set(null));
    }
    return started;
  }

  private Future<Buffer> fetch() {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(tokens.jwksUrl())
            .setTimeout(TIMEOUT.toMillis());
    return client.request(options).compose(request -> request.send()).compose(IssuerKeys::body);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    return response.statusCode() == 200
        ? BoundedBody.of(response, MAX_BYTES)
        : Future.failedFuture("HTTP status " + response.statusCode());
  }

  private byte[] keep(Buffer body) {
    byte[] keys = body.getBytes();
    kept.set(new Kept(keys, System.nanoTime() + maxAge.toNanos()));
    return keys;
  }

  private Future<byte[]> lastKnown(Throwable failure) {
    Kept known = kept.get();
    return known != null
        ? Future.succeededFuture(known.keys)
        : Future.failedFuture(
            new ServiceException(PlatformReason.UNAVAILABLE, "the issuer's keys are not here yet")
                .retryAfter(COME_BACK));
  }
}
