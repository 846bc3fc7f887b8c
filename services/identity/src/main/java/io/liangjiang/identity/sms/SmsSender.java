package io.liangjiang.identity.sms;

import io.liangjiang.identity.citizen.PhoneNumber;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/** A provider that sends SMS. */
public interface SmsSender {
  /**
   * One code on its way.
   *
   * @param id the same for a message that is sent again, so that the phone gets it once
   * @param code 6 digits; never logged
   * @param life how long it is accepted
   */
  record Message(UUID id, PhoneNumber phone, String code, Duration life) {
    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }

  /** Sends it. Errors: SMS_PROVIDER_UNAVAILABLE. */
  Uni<Void> send(Message message);
}
