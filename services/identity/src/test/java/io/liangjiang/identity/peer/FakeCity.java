package io.liangjiang.identity.peer;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** The other services, over a real wire, where a test gave them ports. */
@ApplicationScoped
public class FakeCity {
  private final Map<String, FakeService> services = new ConcurrentHashMap<>();
  private final List<Server> servers = new ArrayList<>();

  static String port(String service) {
    return "test.other-services." + service + ".port";
  }

  void start(@Observes StartupEvent event) {
    for (String name : OtherServices.NAMES) {
      ConfigProvider.getConfig()
          .getOptionalValue(port(name), Integer.class)
          .ifPresent(port -> start(name, port));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    servers.forEach(Server::shutdownNow);
  }

  public FakeService service(String name) {
    return services.get(name);
  }

  public void reset() {
    services.values().forEach(FakeService::reset);
  }

  private void start(String name, int port) {
    var service = new FakeService();
    services.put(name, service);
    try {
      servers.add(
          NettyServerBuilder.forPort(port)
              .addService(service.recordContract())
              .addService(service.dataContract())
              .build()
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
