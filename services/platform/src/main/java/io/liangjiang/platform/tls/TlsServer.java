package io.liangjiang.platform.tls;

import io.grpc.netty.NettyServerBuilder;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import javax.net.ssl.SSLException;

/**
 * Puts mutual TLS before the gRPC server. Quarkus' own settings read a certificate once, at the
 * start; these follow its renewal.
 */
@ApplicationScoped
@Unremovable
public class TlsServer implements ServerBuilderCustomizer<VertxServerBuilder> {
  private final MutualTls tls;

  TlsServer(MutualTls tls) {
    this.tls = tls;
  }

  @Override
  public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
    tls.credentials().ifPresent(credentials -> secure(builder.nettyBuilder(), credentials));
  }

  static void secure(NettyServerBuilder builder, Credentials credentials) {
    try {
      builder.sslContext(credentials.ofServer());
    } catch (SSLException e) {
      throw new IllegalStateException("liangjiang.tls: " + e.getMessage(), e);
    }
  }
}
