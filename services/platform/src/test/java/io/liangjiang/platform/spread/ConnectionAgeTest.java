package io.liangjiang.platform.spread;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.core.Vertx;
import io.vertx.grpc.VertxServer;
import io.vertx.grpc.VertxServerBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionAgeTest {
  private static final @Nullable GrpcServerConfiguration UNUSED = null;
  private static final int PATIENCE_SECONDS = 30;

  @Test
  void aClientLooksAgainWhenItsConnectionIsOld() throws Exception {
    Vertx vertx = Vertx.vertx();
    VertxServerBuilder builder = VertxServerBuilder.forAddress(vertx, "localhost", 0);
    new ConnectionAge(Optional.of(Duration.ofMillis(300))).customize(UNUSED, builder);
    VertxServer server = builder.build();
    CountDownLatch started = new CountDownLatch(1);
    server.start(done -> started.countDown());
    assertThat(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    try {
      CountDownLatch ended = new CountDownLatch(1);
      watch(channel, channel.getState(true), ended);

      assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      channel.shutdownNow();
      server.shutdown();
      vertx.close();
    }
  }

  /** Counts when a connection that was ready is none any more. */
  private static void watch(
      ManagedChannel channel, ConnectivityState before, CountDownLatch ended) {
    channel.notifyWhenStateChanged(
        before,
        () -> {
          if (before == ConnectivityState.READY) {
            ended.countDown();
          } else {
            watch(channel, channel.getState(false), ended);
          }
        });
  }
}
