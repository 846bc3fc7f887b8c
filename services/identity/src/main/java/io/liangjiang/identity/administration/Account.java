package io.liangjiang.identity.administration;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A staff account as administrators see it.
 *
 * @param roles what it may do
 * @param organisationId for whom it works; empty for the city itself
 * @param suspended true when it was shut
 * @param mustChangePassword true while the password is one that somebody else gave
 * @param passwordRequestId the request that gave that password, if one did
 */
record Account(
    UUID id,
    String username,
    List<String> roles,
    String organisationId,
    boolean suspended,
    boolean mustChangePassword,
    @Nullable UUID passwordRequestId,
    Instant createTime) {

  /** Whether the password that the request gave is still the account's. */
  boolean hasPasswordOf(UUID requestId) {
    return mustChangePassword && requestId.equals(passwordRequestId);
  }
}
