package io.liangjiang.identity.citizen;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.UUID;

/**
 * A citizen and the way they came in.
 *
 * @param methodId id of the sign-in method
 * @param ceiling the most that the method is worth, whatever the account has proved otherwise
 */
public record Entry(Citizen citizen, UUID methodId, AssuranceLevel ceiling) {
  /** Whether the method opens all that the account has proved. */
  public boolean isWorthTheAccount() {
    return citizen.assuranceLevel().getNumber() <= ceiling.getNumber();
  }

  /** The same way in for what the citizen is by now. */
  Entry with(Citizen changed) {
    return new Entry(changed, methodId, ceiling);
  }
}
