package io.liangjiang.sandbox.face;

import io.liangjiang.sandbox.SandboxException;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Who stands before a camera; the last 10,000. */
@Singleton
final class FaceBooth {
  private static final int KEPT = 10_000;

  /** What came of it. */
  enum Result {
    /** The camera has seen nobody yet. */
    PENDING,
    /** It is the person. */
    PASSED,
    /** It is somebody else. */
    FAILED
  }

  private record Sitting(String idNumber, Result result) {}

  /** By ticket, the oldest first. */
  private final Map<String, Sitting> sittings = new LinkedHashMap<>();

  /** Begins; the same id gets the same ticket. */
  synchronized String begin(UUID verificationId, String idNumber) {
    String ticket = "face-" + verificationId;
    Sitting known = sittings.putIfAbsent(ticket, new Sitting(idNumber, Result.PENDING));
    if (known != null && !known.idNumber.equals(idNumber)) {
      throw new SandboxException(
          409, "VERIFICATION_ID_USED", "The id was used for another person's verification");
    }
    if (sittings.size() > KEPT) {
      sittings.remove(sittings.keySet().iterator().next());
    }
    return ticket;
  }

  /** The camera sees a face; the first one counts. */
  synchronized Result look(String ticket, String idNumber) {
    Sitting sitting = find(ticket);
    if (sitting.result == Result.PENDING) {
      Result result = sitting.idNumber.equals(idNumber) ? Result.PASSED : Result.FAILED;
      sittings.put(ticket, new Sitting(sitting.idNumber, result));
      return result;
    }
    return sitting.result;
  }

  synchronized Result result(String ticket) {
    return find(ticket).result;
  }

  private Sitting find(String ticket) {
    Sitting sitting = sittings.get(ticket);
    if (sitting == null) {
      throw new SandboxException(404, "UNKNOWN_TICKET", "Nobody has this ticket");
    }
    return sitting;
  }
}
