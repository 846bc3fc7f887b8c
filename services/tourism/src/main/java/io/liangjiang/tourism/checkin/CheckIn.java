package io.liangjiang.tourism.checkin;

import io.liangjiang.tourism.ticket.Ticket;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** One entry through a gate. */
record CheckIn(UUID checkInId, Ticket ticket, Reading reading, Instant redeemTime) {

  /**
   * A code that was shown at a gate.
   *
   * @param siteId site of the gate
   * @param nonce made by the gate for this reading, the same at each retry
   * @param codeHash SHA-256 of the code
   */
  @SuppressWarnings("ArrayRecordComponent") // see isSameAs
  record Reading(String siteId, String gateId, String nonce, byte[] codeHash) {
    boolean isSameAs(Reading other) {
      return isAtSameMoment(other) && Arrays.equals(codeHash, other.codeHash);
    }

    boolean isAtSameMoment(Reading other) {
      return gateId.equals(other.gateId) && nonce.equals(other.nonce);
    }
  }
}
