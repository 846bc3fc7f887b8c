package io.liangjiang.platform.errors;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes the gRPC status of any failure: the only place where exceptions become answers. */
public final class StatusTranslator {
  /** The domain of every ErrorInfo of this platform. */
  public static final String DOMAIN = "liangjiang";

  private static final Logger LOG = Logger.getLogger(StatusTranslator.class);

  private StatusTranslator() {}

  /**
   * The status of a failure. What is not a refusal of ours is logged once and shown without its
   * cause.
   */
  public static StatusRuntimeException translate(Throwable failure) {
    return switch (failure) {
      case ServiceException refusal -> of(refusal);
      case StatusRuntimeException status when isRefusalOfAPeer(status.getStatus()) -> status;
      case StatusException status when isRefusalOfAPeer(status.getStatus()) ->
          new StatusRuntimeException(status.getStatus(), status.getTrailers());
      default -> fault(failure);
    };
  }

  private static boolean isRefusalOfAPeer(Status status) {
    return switch (status.getCode()) {
      case INTERNAL, UNKNOWN, DATA_LOSS, UNIMPLEMENTED -> false;
      default -> true;
    };
  }

  private static StatusRuntimeException fault(Throwable failure) {
    LOG.error("request failed", failure);
    return of(new ServiceException(PlatformReason.INTERNAL, "internal error"));
  }

  /** Whatever becomes of the details, the caller gets an answer and does not wait for none. */
  private static StatusRuntimeException of(ServiceException refusal) {
    try {
      return withDetails(refusal);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the details of a refusal cannot be written", e);
      return plain(refusal);
    }
  }

  private static StatusRuntimeException plain(ServiceException refusal) {
    return Status.fromCode(refusal.reason().code())
        .withDescription(refusal.getMessage())
        .asRuntimeException();
  }

  private static StatusRuntimeException withDetails(ServiceException refusal) {
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(refusal.reason().code().value())
            .setMessage(String.valueOf(refusal.getMessage()))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(refusal.reason().name())
                        .putAllMetadata(refusal.metadata())
                        .build()));
    if (!refusal.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(refusal)));
    }
    Duration delay = refusal.retryDelay();
    if (delay != null) {
      status.addDetails(Any.pack(retryInfo(delay)));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static BadRequest badRequest(ServiceException refusal) {
    var details = BadRequest.newBuilder();
    refusal
        .violations()
        .forEach(
            v ->
                details
                    .addFieldViolationsBuilder()
                    .setField(v.field())
                    .setDescription(v.description()));
    return details.build();
  }

  private static RetryInfo retryInfo(Duration delay) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(delay.toSeconds())
                .setNanos(delay.toNanosPart()))
        .build();
  }
}
