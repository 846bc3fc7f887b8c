package io.liangjiang.platform.calls;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.liangjiang.platform.caller.CallerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives every outgoing call this service's token unless the call brings another or says that it is
 * made in nobody's name. How long it may take is in {@link ServiceConfig}.
 */
@ApplicationScoped
@GlobalInterceptor
public class OutgoingCalls implements ClientInterceptor {
  /**
   * True for a call that passes somebody else's request on: it carries what that request brought
   * and never this service's own token, or a stranger would speak as a service.
   */
  public static final CallOptions.Key<Boolean> PASSED_ON =
      CallOptions.Key.createWithDefault("liangjiang-passed-on", false);

  private final OwnToken ownToken;
  private final ChannelWake channels = new ChannelWake();

  OutgoingCalls(OwnToken ownToken) {
    this.ownToken = ownToken;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        String token = options.getOption(PASSED_ON) ? "" : ownToken.current();
        if (!token.isEmpty() && !headers.containsKey(CallerInterceptor.AUTHORIZATION)) {
          headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + token);
        }
        super.start(new Named<>(listener), headers);
      }
    };
  }

  /** Hears of a broken connection as what it is, and does not wait long for the next. */
  private final class Named<A> extends SimpleForwardingClientCallListener<A> {
    Named(ClientCall.Listener<A> listener) {
      super(listener);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Status named = TransportFaults.named(status, trailers);
      if (named.getCode() == Status.Code.UNAVAILABLE) {
        channels.wake();
      }
      super.onClose(named, trailers);
    }
  }
}
