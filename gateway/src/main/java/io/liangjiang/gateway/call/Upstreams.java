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
  private final Map<String, Channel> channels;

  Upstreams(
      @GrpcClient("identity") Channel identity,
      @GrpcClient("payments") Channel payments,
      @GrpcClient("transit") Channel transit,
      @GrpcClient("tourism") Channel tourism,
      @GrpcClient("healthcare") Channel healthcare) {
    this.channels =
        Map.of(
            "identity", identity,
            "payments", payments,
            "transit", transit,
            "tourism", tourism,
            "healthcare", healthcare);
  }

  /** The channel of a domain. Errors: IllegalArgumentException when there is none. */
  Channel of(String domain) {
    Channel channel = channels.get(domain);
    if (channel == null) {
      throw new IllegalArgumentException("no channel to " + domain);
    }
    return channel;
  }
}
