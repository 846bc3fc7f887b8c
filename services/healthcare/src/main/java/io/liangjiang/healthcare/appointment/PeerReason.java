package io.liangjiang.healthcare.appointment;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Why another service refused. */
final class PeerReason {
  private PeerReason() {}

  /** The stable reason of a refusal; empty when the failure carries none. */
  static String of(Throwable failure) {
    var status =
        failure instanceof StatusRuntimeException refusal
            ? StatusProto.fromThrowable(refusal)
            : null;
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return unpack(detail).getReason();
        }
      }
    }
    return "";
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }
}
