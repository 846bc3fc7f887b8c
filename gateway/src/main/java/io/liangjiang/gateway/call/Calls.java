package io.liangjiang.gateway.call;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.gateway.route.Rpc;
import io.liangjiang.platform.errors.ServiceException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Starts calls to services. */
@Singleton
public final class Calls {
  private static final Duration LONGEST_WAIT_OF_A_PHONE = Duration.ofSeconds(60);

  private final Upstreams upstreams;
  private final CallSettings settings;
  private final Vertx vertx;

  Calls(Upstreams upstreams, CallSettings settings, Vertx vertx) {
    if (settings.deadline().compareTo(LONGEST_WAIT_OF_A_PHONE) >= 0) {
      throw new IllegalArgumentException("liangjiang.gateway.calls.deadline must be below 60s");
    }
    this.upstreams = upstreams;
    this.settings = settings;
    this.vertx = vertx;
  }

  /**
   * What is called.
   *
   * @param headers sent with every attempt
   * @param repeatable true when doing it twice does it once: reads, and writes with a key of the
   *     client
   */
  public record Call(Rpc rpc, Message request, Metadata headers, boolean repeatable) {}

  /** Errors: IllegalArgumentException when nobody is known who serves the RPC. */
  public void requireChannel(Rpc rpc) {
    if (!rpc.isOfEveryService()) {
      var unused = upstreams.of(rpc.upstream());
    }
  }

  /**
   * Starts a call on the current Vert.x context; the answer comes on the same one, unless the call
   * is cancelled. Errors: ROUTE_NOT_FOUND when the path names a service that is none.
   */
  public OngoingCall start(Call call, Answer answer) {
    String service = call.rpc().upstreamOf(call.request());
    if (!upstreams.has(service)) {
      throw new ServiceException(GatewayReason.ROUTE_NOT_FOUND, "there is no such service");
    }
    var ongoing = new OngoingCall(call, upstreams.of(service), settings, answer, vertx);
    ongoing.start();
    return ongoing;
  }
}
