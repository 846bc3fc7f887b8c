package io.liangjiang.transit.tap;

import com.google.protobuf.util.Timestamps;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.v1.TapResult;
import io.liangjiang.transit.v1.UploadTapsRequest;
import io.liangjiang.transit.v1.UploadTapsResponse;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Taps as the contract writes them. */
final class TapProto {
  private static final int MAX_CODE = 512;
  private static final int MAX_NAME = 64;

  private TapProto() {}

  /** The taps of a call. Errors: INVALID_ARGUMENT with every field that is wrong. */
  static List<Tap> taps(UploadTapsRequest request, String operatorId) {
    Violations violations = new Violations();
    int count = request.getTapsCount();
    violations.require(
        count >= 1 && count <= Taps.MAX_TAPS, "taps", "must be 1 to " + Taps.MAX_TAPS);
    if (count <= Taps.MAX_TAPS) {
      for (int i = 0; i < count; i++) {
        check(request.getTaps(i), "taps[" + i + "].", violations);
      }
    }
    violations.throwIfAny();
    return request.getTapsList().stream().map(tap -> tap(tap, operatorId)).toList();
  }

  private static void check(io.liangjiang.transit.v1.Tap tap, String path, Violations violations) {
    violations
        .requireUuid(tap.getTapId(), path + "tap_id")
        .require(
            tap.getCode().length() <= MAX_CODE, path + "code", "must be at most 512 characters")
        .requireText(tap.getLineId(), 1, MAX_NAME, path + "line_id")
        .requireText(tap.getVehicleId(), 1, MAX_NAME, path + "vehicle_id")
        .requireText(tap.getStopId(), 0, MAX_NAME, path + "stop_id")
        .require(
            tap.hasTapTime() && Timestamps.isValid(tap.getTapTime()),
            path + "tap_time",
            "must be a time");
  }

  private static Tap tap(io.liangjiang.transit.v1.Tap tap, String operatorId) {
    return new Tap(
        UUID.fromString(tap.getTapId()),
        operatorId,
        tap.getCode(),
        tap.getLineId(),
        tap.getVehicleId(),
        tap.getStopId(),
        // The database keeps microseconds, and the first of two taps must be the first again when
        // it is read back.
        ProtoTime.instant(tap.getTapTime()).truncatedTo(ChronoUnit.MICROS));
  }

  static UploadTapsResponse response(List<TapAnswer> answers) {
    return UploadTapsResponse.newBuilder()
        .addAllResults(answers.stream().map(TapProto::result).toList())
        .setAcceptedCount(count(answers, TapAnswer.Outcome.ACCEPTED))
        .setDuplicateCount(count(answers, TapAnswer.Outcome.DUPLICATE))
        .setRefusedCount(count(answers, TapAnswer.Outcome.REFUSED))
        .build();
  }

  private static int count(List<TapAnswer> answers, TapAnswer.Outcome outcome) {
    return Math.toIntExact(answers.stream().filter(a -> a.outcome() == outcome).count());
  }

  private static TapResult result(TapAnswer answer) {
    TapResult.Builder result =
        TapResult.newBuilder()
            .setTapId(answer.tapId().toString())
            .setOutcome(TapResult.Outcome.valueOf(answer.outcome().name()));
    Refusal refusal = answer.refusal();
    if (refusal != null) {
      result.setReason(TapResult.Reason.valueOf(refusal.name()));
    }
    UUID rideId = answer.rideId();
    if (rideId != null) {
      result.setRideId(rideId.toString());
    }
    return result.build();
  }
}
