package io.liangjiang.platform.caller;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  private final TokenSettings settings;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "verification-keys");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Map<String, Key> keys = Map.of();

  VerificationKeys(TokenSettings settings) {
    this.settings = settings;
  }

  void start(@Observes StartupEvent event) {
    var inline = settings.jwks();
    if (inline.isPresent()) {
      keys = parse(inline.get());
    } else {
      timer.execute(this::refresh);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
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
    try {
      var request =
          HttpRequest.newBuilder(URI.create(settings.jwksUrl())).timeout(TIMEOUT).GET().build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        keys = parse(response.body());
      } else {
        LOG.warnf("the issuer's keys: HTTP status %d", response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debugf(e, "the issuer's keys could not be fetched");
    }
    scheduleNext();
  }

  private void scheduleNext() {
    if (!timer.isShutdown()) {
      Duration delay = isLoaded() ? settings.refreshInterval() : FIRST_TRIES;
      var unused = timer.schedule(this::refresh, delay.toMillis(), TimeUnit.MILLISECONDS);
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
