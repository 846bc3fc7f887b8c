package io.liangjiang.identity.limit;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address from which a call came: the phone's, which the gateway tells in {@code
 * x-client-address}, or else the peer's. Only the gateway and the city's own services reach this
 * port, so nobody else can tell one.
 */
@ApplicationScoped
@GlobalInterceptor
public class ClientAddress implements ServerInterceptor {
  private static final Metadata.Key<String> CLIENT_ADDRESS =
      Metadata.Key.of("x-client-address", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> KEY = Context.key("client-address");
  private static final int MAX_LENGTH = 45; // the longest text of an IPv6 address
  private static final String UNKNOWN = "unknown";

  /** The address of the call that is being served; read it synchronously, as the caller is. */
  public static String current() {
    String address = KEY.get();
    return address == null ? UNKNOWN : address;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String told = bounded(headers.get(CLIENT_ADDRESS));
    String address = told.isEmpty() ? peer(call) : told;
    return Contexts.interceptCall(Context.current().withValue(KEY, address), call, headers, next);
  }

  static String bounded(@Nullable String address) {
    if (address == null) {
      return "";
    }
    return address.length() <= MAX_LENGTH ? address : address.substring(0, MAX_LENGTH);
  }

  private static String peer(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress socket
        ? socket.getHostString()
        : UNKNOWN;
  }
}
