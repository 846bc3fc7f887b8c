package io.liangjiang.gateway.edge;

import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.Access;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request and turns away early whom the contract does not let in; the service
 * checks again. The place where a revoked session is refused once identity's feed tells of it.
 */
@Singleton
final class Callers {
  private static final String SCHEME = "bearer ";

  private final TokenVerifier verifier;

  Callers(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * The caller, whom the access option lets in. A route that is open to everybody does not fail on
   * a stale token, because the phone that refreshes its session often still sends the old one: such
   * a caller is anonymous. Errors: UNAUTHENTICATED, PERMISSION_DENIED, ASSURANCE_LEVEL_TOO_LOW,
   * UNAVAILABLE while there are no keys yet.
   */
  Caller admit(@Nullable String authorization, Access access) {
    Caller caller = access.getAnonymous() ? anybody(authorization) : known(authorization);
    AccessRules.check(access, caller);
    return caller;
  }

  private Caller anybody(@Nullable String authorization) {
    try {
      return known(authorization);
    } catch (ServiceException notValid) {
      return Caller.ANONYMOUS;
    }
  }

  private Caller known(@Nullable String authorization) {
    if (authorization == null) {
      return Caller.ANONYMOUS;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new ServiceException(PlatformReason.UNAUTHENTICATED, "only Bearer tokens are accepted");
    }
    return verifier.verify(authorization.substring(SCHEME.length()).trim());
  }
}
