package io.liangjiang.payments.payer;

import io.liangjiang.platform.caller.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who pays.
 *
 * @param delegateId who acts in the citizen's name; null when the citizen does
 * @param openId by which the channel's mini-program knows whoever holds the phone; empty where the
 *     channel needs none
 */
public record Payer(@Nullable UUID delegateId, String openId) {
  /** For what is over: nobody pays it any more. */
  public static final Payer NOBODY = new Payer(null, "");

  static Payer of(Caller caller, String openId) {
    return new Payer(caller.isActing() ? UUID.fromString(caller.actor()) : null, openId);
  }

  /** Says nothing that could end in a log. */
  @Override
  public String toString() {
    return delegateId == null ? "the citizen" : "a delegate";
  }
}
