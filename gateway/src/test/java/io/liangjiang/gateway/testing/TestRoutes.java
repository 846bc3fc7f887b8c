package io.liangjiang.gateway.testing;

import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.gateway.testing.echo.EchoServiceGrpc;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/** The city's routes and those of the echo service. */
public class TestRoutes {
  @Produces
  @Singleton
  Routes routes() {
    var services = new ArrayList<>(Contracts.SERVICES);
    services.add(EchoServiceGrpc.getServiceDescriptor());
    return new Routes(services);
  }
}
