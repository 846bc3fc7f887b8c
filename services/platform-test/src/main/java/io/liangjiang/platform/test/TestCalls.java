package io.liangjiang.platform.test;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.liangjiang.platform.calls.OnBehalfOf;
import java.util.Map;

/** Calls of a test over the wire, and what it reads from a refusal. */
public final class TestCalls {
  private TestCalls() {}

  /** The same stub, sending the token. */
  public static <S> S as(S stub, String token) {
    return OnBehalfOf.withToken(stub, token);
  }

  /** The details of a refusal; an empty ErrorInfo when the failure carries none. */
  public static ErrorInfo errorInfo(Throwable failure) {
    if (failure instanceof StatusRuntimeException refusal) {
      var status = StatusProto.fromThrowable(refusal);
      for (Any detail : status == null ? java.util.List.<Any>of() : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return unpack(detail);
        }
      }
    }
    return ErrorInfo.getDefaultInstance();
  }

  /** The stable reason of a refusal; empty when the failure carries none. */
  public static String reason(Throwable failure) {
    return errorInfo(failure).getReason();
  }

  /** A refusal with a reason, as a stand-in for another service gives it. */
  public static StatusRuntimeException refusal(Code code, String reason) {
    return refusal(code, reason, Map.of());
  }

  /** A refusal with a reason and its metadata, as a stand-in for another service gives it. */
  public static StatusRuntimeException refusal(
      Code code, String reason, Map<String, String> metadata) {
    var details = ErrorInfo.newBuilder().setReason(reason).putAllMetadata(metadata).build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder().setCode(code.getNumber()).addDetails(Any.pack(details)).build());
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
