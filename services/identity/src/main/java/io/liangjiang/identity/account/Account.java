package io.liangjiang.identity.account;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import java.util.UUID;

/** Who signs in. */
public record Account(Kind kind, UUID id) {
  /** Who may have a session. */
  public enum Kind {
    /** A citizen. */
    CITIZEN,
    /** A staff member. */
    STAFF
  }

  /** The caller's own. Errors: PERMISSION_DENIED for who has none, a service for example. */
  public static Account of(Caller caller) {
    if (!Violations.isUuid(caller.subject())) {
      throw new ServiceException(PlatformReason.PERMISSION_DENIED, "the caller has no account");
    }
    return new Account(
        caller.isCitizen() ? Kind.CITIZEN : Kind.STAFF, UUID.fromString(caller.subject()));
  }

  public boolean isCitizen() {
    return kind == Kind.CITIZEN;
  }
}
