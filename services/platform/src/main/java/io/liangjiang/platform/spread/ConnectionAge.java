package io.liangjiang.platform.spread;

import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends connections of a certain age, each a little earlier or later than the others (gRFC A9): the
 * client resolves the name again and finds the replicas that there are now. Calls and feeds on the
 * old connection go on until they are done. Without {@code liangjiang.grpc.max-connection-age}
 * connections live as long as both sides want.
 */
@ApplicationScoped
@Unremovable
public class ConnectionAge implements ServerBuilderCustomizer<VertxServerBuilder> {
  private final Optional<Duration> limit;

  ConnectionAge(
      @ConfigProperty(name = "liangjiang.grpc.max-connection-age") Optional<Duration> limit) {
    this.limit = limit;
  }

  @Override
  public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
    limit.ifPresent(
        age -> builder.nettyBuilder().maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS));
  }
}
