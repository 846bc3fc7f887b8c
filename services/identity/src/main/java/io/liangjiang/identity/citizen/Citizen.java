package io.liangjiang.identity.citizen;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Instant;
import java.util.UUID;

/**
 * A citizen's account.
 *
 * @param id also the {@code sub} of the citizen's tokens
 * @param assuranceLevel what the citizen has proved
 * @param displayName the proved name with all but its first character masked; empty before
 * @param maskedPhone see {@link PhoneNumber#masked}; empty when it is not known
 * @param createTime of the first sign-in
 */
public record Citizen(
    UUID id,
    AssuranceLevel assuranceLevel,
    String displayName,
    String maskedPhone,
    Instant createTime) {
  /** The same citizen, told of with another level. */
  public Citizen with(AssuranceLevel level) {
    return new Citizen(id, level, displayName, maskedPhone, createTime);
  }
}
