package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.ChildProcess;
import java.util.Map;

/** One more process of a service, beside the first or in its place, as an upgrade starts them. */
public final class Replica {
  private final String address;
  private final ChildProcess process;

  Replica(String address, ChildProcess process) {
    this.address = address;
    this.process = process;
  }

  /** What is different from the first process of the service: everything that listens. */
  static Map<String, String> settingsAt(Service service, String address) {
    return Map.of(
        "quarkus.http.host",
        address,
        "quarkus.management.host",
        address,
        "quarkus.grpc.server.host",
        address,
        // Who calls itself means itself.
        "quarkus.grpc.clients." + service.id() + ".host",
        address);
  }

  /** Where it listens, on the ports of its service. */
  public String address() {
    return address;
  }

  /** Ends it as an upgrade would (SIGTERM), and waits until it is gone. */
  public void stop() {
    process.askToEnd();
    process.awaitEnd(City.END_PATIENCE);
  }

  /** Ends it as a crash would (SIGKILL). */
  public void kill() {
    try {
      process.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
