package io.liangjiang.gateway.revocation;

import io.liangjiang.platform.startup.ProductionCheck;
import io.liangjiang.platform.v1.MutinyEventFeedServiceGrpc.MutinyEventFeedServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Follows the feed while the gateway runs, if it has credentials to ask for it. */
@Singleton
public final class Revocations implements ProductionCheck {
  private final SessionFeed feed;
  private final boolean hasCredentials;

  Revocations(
      @GrpcClient("identity") MutinyEventFeedServiceStub identity,
      RevokedSessions revoked,
      RevocationSettings settings,
      InstantSource clock,
      @ConfigProperty(name = "liangjiang.service.client-secret") Optional<String> clientSecret) {
    this.feed = new SessionFeed(identity, revoked, settings, clock);
    this.hasCredentials = clientSecret.isPresent();
  }

  void start(@Observes StartupEvent event) {
    if (hasCredentials) {
      feed.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    feed.stop();
  }

  @Override
  public List<String> problems() {
    return hasCredentials
        ? List.of()
        : List.of(
            "set liangjiang.service.client-id and .client-secret, so that ended sessions are"
                + " refused");
  }
}
