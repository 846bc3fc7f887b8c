package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything listens; all different.
 *
 * @param services a port for each service, for HTTP and gRPC together
 * @param postgres the database's port
 */
public record Ports(Map<Service, Integer> services, int postgres) {
  private static final int STANDARD_POSTGRES = 9032;

  /** Keeps its own copy. */
  public Ports {
    services = Map.copyOf(services);
  }

  /**
   * The documented ports.
   *
   * @param gateway port of the gateway; 8080 unless somebody else has it
   * @param offset added to all the other ports, so that two cities fit on one machine
   */
  public static Ports standard(int gateway, int offset) {
    Map<Service, Integer> services = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      services.put(service, service.standardPort() + offset);
    }
    services.put(Service.GATEWAY, gateway);
    return new Ports(services, STANDARD_POSTGRES + offset);
  }

  /** Ports that nobody uses now. */
  public static Ports free() {
    Map<Service, Integer> services = new EnumMap<>(Service.class);
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (Service service : Service.values()) {
        services.put(service, freePort(sockets));
      }
      return new Ports(services, freePort(sockets));
    } catch (IOException e) {
      throw new StartFailure("No free port was to be had: " + e.getMessage(), e);
    } finally {
      sockets.forEach(Ports::closeQuietly);
    }
  }

  /** The port of one service. */
  public int of(Service service) {
    Integer port = services.get(service);
    if (port == null) {
      throw new IllegalArgumentException("no port for " + service.id());
    }
    return port;
  }

  /**
   * Makes sure that nobody listens on any of them.
   *
   * @throws StartFailure naming each port that is taken and how to choose another
   */
  void requireFree() {
    List<String> taken = new ArrayList<>();
    for (Service service : Service.values()) {
      if (isTaken(of(service))) {
        taken.add(of(service) + " (" + service.id() + ")");
      }
    }
    if (isTaken(postgres)) {
      taken.add(postgres + " (PostgreSQL)");
    }
    if (!taken.isEmpty()) {
      throw new StartFailure(
          """
          Another program already listens on: %s
          If that is another city, end it first. To choose other ports: make run ARGS="--port 8180" for the gateway,
          make run ARGS="--port-offset 100" for all the others.\
          """
              .formatted(String.join(", ", taken)));
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static int freePort(List<ServerSocket> sockets) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    sockets.add(socket);
    return socket.getLocalPort();
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new StartFailure("A probed port cannot be closed: " + e.getMessage(), e);
    }
  }
}
