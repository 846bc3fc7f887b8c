package io.liangjiang.platform.access;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.Reading;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/**
 * Leaves an access record when staff are told of a citizen, as the contract's reading says. The
 * answer waits for the record: what cannot be recorded is not shown.
 */
@ApplicationScoped
@GlobalInterceptor
public class ReadingRecorder implements ServerInterceptor, Prioritized {
  /** Below the interceptor that finds out who calls, which has the default of 0. */
  private static final int AFTER_THE_CALLER_IS_KNOWN = -110;

  private static final int UUID_LENGTH = 36;

  private final AccessRecords records;

  ReadingRecorder(AccessRecords records) {
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
    Reading reading = AccessRules.of(call.getMethodDescriptor()).getReading();
    boolean isStaff = !caller.isAnonymous() && !caller.isCitizen() && !caller.isService();
    boolean isRecorded = isStaff && !reading.getCitizenIdField().isEmpty();
    return next.startCall(
        isRecorded ? new RecordedCall<>(call, answer -> note(caller, reading, answer)) : call,
        headers);
  }

  private Uni<Void> note(Caller caller, Reading reading, Object answer) {
    String citizenId = answer instanceof Message message ? citizenId(reading, message) : "";
    return citizenId.isEmpty()
        ? Uni.createFrom().voidItem()
        : records.appendReading(
            caller,
            new AccessRecords.Reading(
                citizenId,
                reading.getDataKind(),
                ActingRecorder.id((Message) answer),
                reading.getPurpose(),
                ""));
  }

  /** The id at the end of the field; empty when the answer is about no citizen. */
  static String citizenId(Reading reading, Message answer) {
    var field = answer.getDescriptorForType().findFieldByName(reading.getCitizenIdField());
    String value = field == null ? "" : (String) answer.getField(field);
    String end = value.substring(Math.max(0, value.length() - UUID_LENGTH));
    return Violations.isUuid(end) ? end : "";
  }
}
