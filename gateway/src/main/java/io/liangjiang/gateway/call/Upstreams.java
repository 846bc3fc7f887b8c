package io.liangjiang.gateway.call;

import io.grpc.Channel;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The channels to the services, by the domain in the contract's package. Addresses: {@code
 * quarkus.grpc.clients.<domain>.*}.
 */
@Singleton
final class Upstreams {
  private final Map<String, Upstream> upstreams;

  Upstreams(
      @GrpcClient("identity") Channel identity,
      @GrpcClient("payments") Channel payments,
      @GrpcClient("transit") Channel transit,
      @GrpcClient("tourism") Channel tourism,
      @GrpcClient("healthcare") Channel healthcare) {
    this.upstreams =
        Map.of(
            "identity", new Upstream(identity),
            "payments", new Upstream(payments),
            "transit", new Upstream(transit),
            "tourism", new Upstream(tourism),
            "healthcare", new Upstream(healthcare));
  }

  /** Whether there is a service of that domain. */
  boolean has(String domain) {
    return upstreams.containsKey(domain);
  }

  /** The way to the service of a domain. Errors: IllegalArgumentException when there is none. */
  Upstream of(String domain) {
    Upstream upstream = upstreams.get(domain);
    if (upstream == null) {
      throw new IllegalArgumentException("no channel to " + domain);
    }
    return upstream;
  }
}
