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
  private final Reachability reachability = new Reachability(System::nanoTime);

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
        super.start(new Named<>(listener, next.authority()), headers);
      }
    };
  }

  /**
   * Hears of a broken connection as what it is, tells of it, and does not wait long for the next.
   */
  private final class Named<A> extends SimpleForwardingClientCallListener<A> {
    private final String service;

    Named(ClientCall.Listener<A> listener, String service) {
      super(listener);
      this.service = service;
    }

    @Override
    public void onHeaders(Metadata headers) {
      reachability.reached(service);
      super.onHeaders(headers);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Status named = TransportFaults.named(status, trailers);
      if (named.getCode() == Status.Code.UNAVAILABLE) {
        channels.wake();
      }
      if (TransportFaults.isOfTheWay(named, trailers)) {
        reachability.lost(service, named);
      } else if (TransportFaults.isOfTheService(trailers)) {
        reachability.reached(service);
      }
      super.onClose(named, trailers);
    }
  }
}
