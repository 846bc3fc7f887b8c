package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.regex.Pattern;

/** A bill that the city asks the bureau to split. */
@RegisterForReflection
record SettlementRequest(
    String settlementNumber, String payAuthNo, String institution, Long totalFen) {
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern INSTITUTION = Pattern.compile("H[0-9]{11}");
  private static final long MAX_FEN = 100_000_000_000L;

  /** Errors: 400 with what is wrong. */
  void check() {
    require(
        settlementNumber != null && NUMBER.matcher(settlementNumber).matches(), "INVALID_NUMBER");
    require(
        institution != null && INSTITUTION.matcher(institution).matches(), "UNKNOWN_INSTITUTION");
    require(payAuthNo != null && !payAuthNo.isEmpty(), "INVALID_AUTHORIZATION");
    require(totalFen != null && totalFen > 0 && totalFen <= MAX_FEN, "INVALID_AMOUNT");
  }

  private static void require(boolean ok, String code) {
    if (!ok) {
      throw new SandboxException(400, code, "the bureau does not take such a bill");
    }
  }
}
