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
 * @param http a port for each process
 * @param management a port for each process, of its health and metrics
 * @param grpc a port for each service that speaks gRPC
 * @param postgres the database's port
 */
public record Ports(
    Map<Service, Integer> http,
    Map<Service, Integer> management,
    Map<Service, Integer> grpc,
    int postgres) {
  private static final int STANDARD_POSTGRES = 9032;
  private static final int GRPC_AFTER_HTTP = 10;

  /** Keeps its own copies. */
  public Ports {
    http = Map.copyOf(http);
    management = Map.copyOf(management);
    grpc = Map.copyOf(grpc);
  }

  /**
   * The documented ports.
   *
   * @param gateway port of the gateway; 8080 unless somebody else has it
   * @param offset added to all the other ports, so that two cities fit on one machine
   */
  public static Ports standard(int gateway, int offset) {
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    Map<Service, Integer> management = new EnumMap<>(Service.class);
    Map<Service, Integer> grpc = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      http.put(service, service.standardPort() + offset);
      management.put(service, service.standardManagementPort() + offset);
    }
    for (Service service : Service.domains()) {
      grpc.put(service, service.standardPort() + GRPC_AFTER_HTTP + offset);
    }
    http.put(Service.GATEWAY, gateway);
    return new Ports(http, management, grpc, STANDARD_POSTGRES + offset);
  }

  /** Ports that nobody uses now. */
  public static Ports free() {
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    Map<Service, Integer> management = new EnumMap<>(Service.class);
    Map<Service, Integer> grpc = new EnumMap<>(Service.class);
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (Service service : Service.values()) {
        http.put(service, freePort(sockets));
        management.put(service, freePort(sockets));
      }
      for (Service service : Service.domains()) {
        grpc.put(service, freePort(sockets));
      }
      return new Ports(http, management, grpc, freePort(sockets));
    } catch (IOException e) {
      throw new StartFailure("No free port was to be had: " + e.getMessage(), e);
    } finally {
      sockets.forEach(Ports::closeQuietly);
    }
  }

  /** Where a process speaks HTTP. */
  public int of(Service service) {
    return port(http, service);
  }

  /** Where a process tells its health and its metrics. */
  public int managementOf(Service service) {
    return port(management, service);
  }

  /** Where a service speaks gRPC. */
  public int grpcOf(Service service) {
    return port(grpc, service);
  }

  private static int port(Map<Service, Integer> ports, Service service) {
    Integer port = ports.get(service);
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
    http.forEach((service, port) -> note(taken, port, service.id()));
    management.forEach((service, port) -> note(taken, port, service.id() + ", management"));
    grpc.forEach((service, port) -> note(taken, port, service.id() + ", gRPC"));
    note(taken, postgres, "PostgreSQL");
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

  private static void note(List<String> taken, int port, String whose) {
    if (isTaken(port)) {
      taken.add(port + " (" + whose + ")");
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
