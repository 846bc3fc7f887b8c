package io.liangjiang.gateway.route;

import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Every route of the city. */
public final class Routes {
  private final RouteTree tree = new RouteTree();
  private final List<Route> all = new ArrayList<>();

  /**
   * Reads the routes of the services. Errors: IllegalArgumentException for a contract that cannot
   * be served.
   */
  public Routes(List<ServiceDescriptor> services) {
    for (ServiceDescriptor service : services) {
      for (Route route : RouteReader.read(service)) {
        tree.add(route);
        all.add(route);
      }
    }
  }

  /** The route of a method and a raw path (percent-encoded, without query). */
  public Lookup find(String httpMethod, String rawPath) {
    return tree.find(httpMethod, rawPath);
  }

  /** All routes, service by service in the order of the contracts. */
  public List<Route> all() {
    return List.copyOf(all);
  }
}
