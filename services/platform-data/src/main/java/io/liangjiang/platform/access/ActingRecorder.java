package io.liangjiang.platform.access;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.caller.Caller;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Locale;

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
    return next.startCall(
        recorded ? new RecordedCall<>(call, answer -> note(caller, power, answer)) : call, headers);
  }

  private Uni<Void> note(Caller caller, String power, Object answer) {
    String kind = answer instanceof Message message ? kind(message) : "";
    String id = answer instanceof Message message ? id(message) : "";
    return records.appendActing(caller, kind, id, "delegate: " + power);
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
