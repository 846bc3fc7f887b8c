package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.gateway.revocation.RevokedSessions;
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
 * checks again. Tokens of sessions that were ended are refused here, though they have not expired.
 */
@Singleton
final class Callers {
  private static final String SCHEME = "bearer ";

  private final TokenVerifier verifier;
  private final RevokedSessions revoked;

  Callers(TokenVerifier verifier, RevokedSessions revoked) {
    this.verifier = verifier;
    this.revoked = revoked;
  }

  /**
   * The caller, whom the access option lets in. A route that is open to everybody does not fail on
   * a stale token, because the phone that refreshes its session often still sends the old one: such
   * a caller is anonymous; and signing out again with the token of an ended session is no fault.
   * Errors: UNAUTHENTICATED, SESSION_REVOKED, PERMISSION_DENIED, ASSURANCE_LEVEL_TOO_LOW,
   * UNAVAILABLE while there are no keys yet.
   */
  Caller admit(@Nullable String authorization, Access access) {
    Caller caller = access.getAnonymous() ? anybody(authorization) : live(authorization);
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

  private Caller live(@Nullable String authorization) {
    Caller caller = known(authorization);
    if (revoked.contains(caller.sessionId()) || revoked.contains(caller.delegationId())) {
      throw new ServiceException(GatewayReason.SESSION_REVOKED, "the session was ended");
    }
    return caller;
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
