package io.liangjiang.platform.calls;

import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.ServiceToken;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * This service's own access token, fetched from identity with its client credentials (RFC 6749,
 * 4.4) and renewed in the background at two thirds of its life. A process without credentials has
 * none.
 */
@ApplicationScoped
public class OwnToken {
  private static final Logger LOG = Logger.getLogger(OwnToken.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Instance<TokenServiceGrpc.TokenServiceBlockingStub> tokens;
  private final Optional<String> clientId;
  private final Optional<String> clientSecret;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "service-token");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String token = "";

  OwnToken(
      @GrpcClient("identity") Instance<TokenServiceGrpc.TokenServiceBlockingStub> tokens,
      @ConfigProperty(name = "liangjiang.service.client-id") Optional<String> clientId,
      @ConfigProperty(name = "liangjiang.service.client-secret") Optional<String> clientSecret) {
    this.tokens = tokens;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  void start(@Observes StartupEvent event) {
    if (isWanted()) {
      timer.execute(this::renew);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  /** The token to send now; empty while there is none. */
  String current() {
    return token;
  }

  boolean isWanted() {
    return clientId.isPresent() && clientSecret.isPresent();
  }

  private void renew() {
    Duration next = RETRY;
    try {
      ServiceToken answer =
          tokens
              .get()
              .withDeadlineAfter(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
              .issueServiceToken(
                  IssueServiceTokenRequest.newBuilder()
                      .setClientId(clientId.orElseThrow())
                      .setClientSecret(clientSecret.orElseThrow())
                      .build());
      token = answer.getAccessToken();
      next = Duration.ofSeconds(Math.max(1, answer.getExpiresInSeconds() * 2L / 3));
    } catch (RuntimeException e) {
      LOG.debugf(e, "no service token yet");
    }
    if (!timer.isShutdown()) {
      var unused = timer.schedule(this::renew, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
