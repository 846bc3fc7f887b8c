package io.liangjiang.gateway.call;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.liangjiang.platform.calls.OutgoingCalls;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call with its repetitions, all under one deadline. Used on one Vert.x context only. */
public final class OngoingCall {
  private final Calls.Call call;
  private final Channel upstream;
  private final CallSettings settings;
  private final Answer answer;
  private final Vertx vertx;
  private final Context context;
  private final Deadline deadline;
  private @Nullable ClientCall<Message, Message> current;
  private int retries;
  private boolean finished;

  OngoingCall(
      Calls.Call call, Channel upstream, CallSettings settings, Answer answer, Vertx vertx) {
    this.call = call;
    this.upstream = upstream;
    this.settings = settings;
    this.answer = answer;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.deadline = Deadline.after(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
  }

  void start() {
    // The transport's own thread hands over to our context, so a pool in between would only cost.
    var options =
        CallOptions.DEFAULT
            .withOption(OutgoingCalls.PASSED_ON, true)
            .withDeadline(deadline)
            .withExecutor(MoreExecutors.directExecutor());
    ClientCall<Message, Message> attempt =
        new WithHeaders(upstream.newCall(call.rpc().call(), options), call.headers());
    current = attempt;
    ClientCalls.asyncUnaryCall(attempt, call.request(), new Receiver());
  }

  /** Gives up: the service is told, and no answer comes any more. Harmless after the answer. */
  public void cancel() {
    ClientCall<Message, Message> attempt = current;
    if (!finished && attempt != null) {
      finished = true;
      attempt.cancel("the client has gone", null);
    }
  }

  private void succeed(Message message) {
    if (!finished) {
      finished = true;
      answer.succeeded(message);
    }
  }

  private void fail(Throwable failure) {
    if (finished) {
      return;
    }
    if (isAway(failure) && call.repeatable() && retries < settings.maxRetries()) {
      vertx.setTimer(pauseMillis(), timer -> retry());
      retries++;
      return;
    }
    finished = true;
    answer.failed(failure);
  }

  private void retry() {
    if (!finished) {
      start();
    }
  }

  /**
   * Half to three halves of the mean pause, so that callers who failed together do not come back
   * together.
   */
  private long pauseMillis() {
    long mean = settings.retryPause().toMillis() << retries;
    return Math.max(1, mean / 2 + ThreadLocalRandom.current().nextLong(mean + 1));
  }

  /** A service that says itself when to come back is not pressed. */
  private static boolean isAway(Throwable failure) {
    if (!(failure instanceof StatusRuntimeException status)
        || status.getStatus().getCode() != Status.Code.UNAVAILABLE) {
      return false;
    }
    var details = StatusProto.fromThrowable(status);
    return details == null
        || details.getDetailsList().stream().noneMatch(d -> d.is(RetryInfo.class));
  }

  private void onContext(Runnable step) {
    if (Vertx.currentContext() == context) {
      step.run();
    } else {
      context.runOnContext(unused -> step.run());
    }
  }

  private final class Receiver implements StreamObserver<Message> {
    private @Nullable Message message;

    @Override
    public void onNext(Message value) {
      message = value;
    }

    @Override
    public void onError(Throwable failure) {
      onContext(() -> fail(failure));
    }

    @Override
    public void onCompleted() {
      Message received = message;
      if (received == null) {
        onError(Status.INTERNAL.withDescription("no answer").asRuntimeException());
      } else {
        onContext(() -> succeed(received));
      }
    }
  }

  /** A call that brings headers; an interceptor an RPC would wrap the channel once more. */
  private static final class WithHeaders
      extends io.grpc.ForwardingClientCall.SimpleForwardingClientCall<Message, Message> {
    private final Metadata headers;

    WithHeaders(ClientCall<Message, Message> call, Metadata headers) {
      super(call);
      this.headers = headers;
    }

    @Override
    public void start(Listener<Message> listener, Metadata own) {
      own.merge(headers);
      super.start(listener, own);
    }
  }
}
