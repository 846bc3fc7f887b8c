package io.liangjiang.platform.caller;

import io.liangjiang.platform.http.BoundedBody;
import io.liangjiang.platform.tls.MutualTls;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys, fetched in the background so that no request ever waits for them. New
 * keys are published before they sign (overlap), so a key that is not known here was not published.
 */
@ApplicationScoped
public class VerificationKeys {
  private static final Logger LOG = Logger.getLogger(VerificationKeys.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FIRST_TRIES = Duration.ofMillis(500);
  private static final int MAX_KEYS = 32;
  private static final int MAX_BYTES = 64 * 1_024;

  private final TokenSettings settings;
  private final Vertx vertx;
  private final HttpClient client;
  private volatile boolean stopped;
  private volatile Map<String, Key> keys = Map.of();

  VerificationKeys(TokenSettings settings, MutualTls tls, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
    // Not traced: no request is behind it.
    this.client =
        vertx.createHttpClient(
            tls.within(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE)));
  }

  void start(@Observes StartupEvent event) {
    var inline = settings.jwks();
    if (inline.isPresent()) {
      keys = parse(inline.get());
    } else {
      refresh();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    var unused = client.close();
  }

  /** The key of that id, or null. */
  @Nullable Key find(String keyId) {
    return keys.get(keyId);
  }

  /** Whether any key is here: before that nobody can be let in. */
  public boolean isLoaded() {
    return !keys.isEmpty();
  }

  private void refresh() {
    var options =
        new RequestOptions()
            .setAbsoluteURI(settings.jwksUrl())
            .setConnectTimeout(TIMEOUT.toMillis())
            .setIdleTimeout(TIMEOUT.toMillis());
    client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(VerificationKeys::body)
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .map(body -> parse(body.toString()))
        .onSuccess(found -> keys = found)
        .onFailure(VerificationKeys::report)
        .onComplete(ended -> scheduleNext());
  }

  /** Who is not there yet is no news; who is not whom we asked for is. */
  private static void report(Throwable fault) {
    if (fault instanceof SSLException) {
      LOG.warnf("the issuer's keys: %s (%s)", fault.getMessage(), fault.getCause());
    } else {
      LOG.debugf(fault, "the issuer's keys could not be fetched");
    }
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() == HttpResponseStatus.OK.code()) {
      return BoundedBody.of(response, MAX_BYTES);
    }
    LOG.warnf("the issuer's keys: HTTP status %d", response.statusCode());
    return Future.failedFuture("HTTP status " + response.statusCode());
  }

  private void scheduleNext() {
    if (!stopped) {
      Duration delay = isLoaded() ? settings.refreshInterval() : FIRST_TRIES;
      vertx.setTimer(delay.toMillis(), due -> refresh());
    }
  }

  private static Map<String, Key> parse(String json) {
    try {
      Map<String, Key> found = new HashMap<>();
      for (var jwk : new JsonWebKeySet(json).getJsonWebKeys()) {
        if (found.size() < MAX_KEYS && jwk.getKeyId() != null) {
          found.put(jwk.getKeyId(), jwk.getKey());
        }
      }
      return Map.copyOf(found);
    } catch (JoseException e) {
      throw new IllegalArgumentException("not a JWK Set", e);
    }
  }
}
