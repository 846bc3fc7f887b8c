package io.liangjiang.platform.tls;

import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ChannelBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcClientConfiguration;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Puts mutual TLS around the gRPC clients. Quarkus would put its own context over this one where it
 * sets up event loops, so with TLS it is told not to ({@link TlsSwitch}) and they are set up here.
 */
@ApplicationScoped
@Unremovable
public class TlsClient implements ChannelBuilderCustomizer<NettyChannelBuilder> {
  private final MutualTls tls;
  private final Vertx vertx;

  TlsClient(MutualTls tls, Vertx vertx) {
    this.tls = tls;
    this.vertx = vertx;
  }

  @Override
  public Map<String, Object> customize(
      String name, GrpcClientConfiguration configuration, NettyChannelBuilder builder) {
    tls.credentials()
        .ifPresent(
            credentials -> {
              secure(builder, credentials);
              builder
                  .eventLoopGroup(vertx.nettyEventLoopGroup())
                  .channelType(NioSocketChannel.class)
                  .directExecutor()
                  .offloadExecutor(Infrastructure.getDefaultExecutor())
                  .defaultLoadBalancingPolicy(configuration.loadBalancingPolicy())
                  .maxRetryAttempts(configuration.maxRetryAttempts());
              configuration.maxInboundMessageSize().ifPresent(builder::maxInboundMessageSize);
              configuration.maxInboundMetadataSize().ifPresent(builder::maxInboundMetadataSize);
            });
    return Map.of();
  }

  static void secure(NettyChannelBuilder builder, Credentials credentials) {
    try {
      builder.sslContext(credentials.ofClient());
    } catch (SSLException e) {
      throw new IllegalStateException("liangjiang.tls: " + e.getMessage(), e);
    }
  }
}
