package io.liangjiang.gateway.problem;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.ServiceException.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes a problem of any failure: the only place of the gateway where failures become answers. */
public final class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final Problem INTERNAL =
      new Problem(500, PlatformReason.INTERNAL.name(), "internal error", Map.of(), List.of(), 0);

  private Problems() {}

  /**
   * The problem of a failure; what nobody foresaw is logged once, under the request id, and told to
   * nobody.
   */
  public static Problem of(Throwable failure, String requestId) {
    return switch (failure) {
      case ServiceException refusal -> of(refusal);
      case StatusRuntimeException status -> of(status, requestId);
      default -> {
        LOG.errorf(failure, "request %s failed", requestId);
        yield INTERNAL;
      }
    };
  }

  private static Problem of(ServiceException refusal) {
    Duration delay = refusal.retryDelay();
    return new Problem(
        HttpStatuses.of(refusal.reason()),
        refusal.reason().name(),
        String.valueOf(refusal.getMessage()),
        refusal.metadata(),
        refusal.violations(),
        delay == null ? 0 : seconds(delay));
  }

  private static Problem of(StatusRuntimeException failure, String requestId) {
    Status.Code code = failure.getStatus().getCode();
    int httpStatus = HttpStatuses.of(code);
    if (httpStatus == 500) {
      LOG.warnf("request %s failed in a service: %s", requestId, failure.getStatus());
      return INTERNAL;
    }
    com.google.rpc.Status details =
        Optional.ofNullable(StatusProto.fromThrowable(failure))
            .orElseGet(com.google.rpc.Status::getDefaultInstance);
    var reason = detail(details, ErrorInfo.class);
    var retry = detail(details, RetryInfo.class);
    if (reason == null) {
      LOG.warnf("request %s failed on its way to a service: %s", requestId, failure.getStatus());
      return new Problem(httpStatus, code.name(), generic(code), Map.of(), List.of(), 0);
    }
    return new Problem(
        httpStatus,
        reason.getReason(),
        details.getMessage(),
        reason.getMetadataMap(),
        violations(detail(details, BadRequest.class)),
        retry == null ? 0 : seconds(duration(retry)));
  }

  /**
   * What is said when no service of ours chose the words: transport failures name hosts and
   * classes.
   */
  private static String generic(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE -> "the service is away for the moment; the same request may be sent again";
      case DEADLINE_EXCEEDED -> "the service did not answer in time; it may have done its work";
      default -> "the service did not accept the request";
    };
  }

  private static <D extends com.google.protobuf.Message> @Nullable D detail(
      com.google.rpc.Status status, Class<D> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
          LOG.debug("a detail of a status cannot be read", e);
        }
      }
    }
    return null;
  }

  private static List<Violation> violations(@Nullable BadRequest details) {
    if (details == null) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>(details.getFieldViolationsCount());
    details
        .getFieldViolationsList()
        .forEach(v -> violations.add(new Violation(jsonPath(v.getField()), v.getDescription())));
    return violations;
  }

  /** A field path as JSON spells it: "items[0].time_slot_id" is "items[0].timeSlotId". */
  static String jsonPath(String protoPath) {
    var path = new StringBuilder(protoPath.length());
    for (int i = 0; i < protoPath.length(); i++) {
      char c = protoPath.charAt(i);
      if (c == '_' && i + 1 < protoPath.length()) {
        i++;
        path.append(Character.toUpperCase(protoPath.charAt(i)));
      } else {
        path.append(c);
      }
    }
    return path.toString();
  }

  private static Duration duration(RetryInfo retry) {
    return Duration.ofSeconds(retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos());
  }

  /** Whole seconds, rounded up: Retry-After knows no fractions, and "now" would be a lie. */
  private static long seconds(Duration delay) {
    return Math.max(1, delay.plusNanos(999_999_999).toSeconds());
  }
}
