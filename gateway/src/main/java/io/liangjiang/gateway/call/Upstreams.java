package io.liangjiang.gateway.call;

import io.grpc.Channel;
import io.liangjiang.platform.calls.OutgoingCalls;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The channels to the services, by the domain in the contract's package. Addresses: {@code
 * quarkus.grpc.clients.<domain>.*}. A service that was away is looked for at once by {@link
 * OutgoingCalls}, through which all calls go.
 */
@Singleton
final class Upstreams {
  private final Map<String, Channel> upstreams;

  Upstreams(
      @GrpcClient("identity") Channel identity,
      @GrpcClient("payments") Channel payments,
      @GrpcClient("transit") Channel transit,
      @GrpcClient("tourism") Channel tourism,
      @GrpcClient("healthcare") Channel healthcare) {
    this.upstreams =
        Map.of(
            "identity", identity,
            "payments", payments,
            "transit", transit,
            "tourism", tourism,
            "healthcare", healthcare);
  }

  /** Whether there is a service of that domain. */
  boolean has(String domain) {
    return upstreams.containsKey(domain);
  }

  /** The way to the service of a domain. Errors: IllegalArgumentException when there is none. */
  Channel of(String domain) {
    Channel upstream = upstreams.get(domain);
    if (upstream == null) {
      throw new IllegalArgumentException("no channel to " + domain);
    }
    return upstream;
  }
}
