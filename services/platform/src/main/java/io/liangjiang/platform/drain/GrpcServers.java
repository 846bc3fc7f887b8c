package io.liangjiang.platform.drain;

import io.grpc.InternalChannelz;
import io.grpc.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gRPC servers of this process. Quarkus keeps its server to itself and ends it without waiting
 * for the calls in it, so it is found in gRPC's own register of what runs.
 */
final class GrpcServers {
  private static final int MAX_SERVERS = 16;

  private GrpcServers() {}

  static List<Server> running() {
    return InternalChannelz.instance().getServers(0, MAX_SERVERS).servers.stream()
        .filter(Server.class::isInstance)
        .map(Server.class::cast)
        .toList();
  }

  /**
   * Tells every client to send new calls elsewhere (GOAWAY), waits for the calls that run, and ends
   * those that are left when the patience is over. True when none was left.
   */
  static boolean end(List<Server> servers, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    servers.forEach(Server::shutdown);
    boolean allEnded = true;
    for (Server server : servers) {
      boolean ended = server.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended) {
        server.shutdownNow();
      }
      allEnded &= ended;
    }
    return allEnded;
  }
}
