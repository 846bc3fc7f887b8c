package io.liangjiang.platform.access;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.StatusTranslator;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Leaves an access record of everything a delegate read or did, for the citizen in whose name it
 * was. The answer waits for the record: what cannot be recorded is not shown.
 */
@ApplicationScoped
@GlobalInterceptor
public class ActingRecorder implements ServerInterceptor, Prioritized {
  /** Below the interceptor that finds out who calls, which has the default of 0. */
  private static final int AFTER_THE_CALLER_IS_KNOWN = -100;

  private final AccessRecords records;

  ActingRecorder(AccessRecords records) {
    this.records = records;
  }

  @Override
  public int getPriority() {
    return AFTER_THE_CALLER_IS_KNOWN;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Caller caller = Caller.current();
    String power = AccessRules.of(call.getMethodDescriptor()).getActingPower();
    boolean recorded =
        caller.isActing()
            && !power.isEmpty()
            && call.getMethodDescriptor().getType() == MethodType.UNARY;
    return next.startCall(recorded ? new Recorded<>(call, caller, power) : call, headers);
  }

  /** Keeps the answer back until its record is written. */
  private final class Recorded<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Caller caller;
    private final String power;
    private volatile @Nullable A answer;

    Recorded(ServerCall<Q, A> call, Caller caller, String power) {
      super(call);
      this.caller = caller;
      this.power = power;
    }

    @Override
    public void sendMessage(A message) {
      answer = message;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      A kept = answer;
      if (!status.isOk() || kept == null) {
        super.close(status, trailers);
        return;
      }
      String kind = kept instanceof Message message ? kind(message) : "";
      String id = kept instanceof Message message ? id(message) : "";
      records
          .appendActing(caller, kind, id, "delegate: " + power)
          .subscribe()
          .with(
              done -> {
                super.sendMessage(kept);
                super.close(status, trailers);
              },
              failure -> refuse(failure));
    }

    private void refuse(Throwable failure) {
      var refusal = StatusTranslator.translate(failure);
      var trailers = refusal.getTrailers();
      super.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  /** The answer's type as access records have it: "payment-order", "trips". */
  static String kind(Message answer) {
    String name = answer.getDescriptorForType().getName();
    String bare = name.startsWith("List") ? name.substring(4).replaceFirst("Response$", "") : name;
    return bare.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** The answer's own id, which the contracts give as its first field; empty for a list. */
  static String id(Message answer) {
    FieldDescriptor first = answer.getDescriptorForType().findFieldByNumber(1);
    boolean isId =
        first != null
            && first.getJavaType() == FieldDescriptor.JavaType.STRING
            && !first.isRepeated()
            && first.getName().endsWith("_id");
    return isId ? (String) answer.getField(first) : "";
  }
}
