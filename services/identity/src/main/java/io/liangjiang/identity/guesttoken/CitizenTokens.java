package io.liangjiang.identity.guesttoken;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.session.Sessions;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.ParseException;
import java.time.Instant;
import java.util.Objects;

/** Reads the city's own tokens of citizens, when the city's app exchanges one. */
@ApplicationScoped
class CitizenTokens {
  /**
   * Whose token it is.
   *
   * @param issuedAt when the city last vouched for the citizen
   */
  record Subject(Caller citizen, Instant issuedAt) {}

  private final TokenVerifier verifier;
  private final Sessions sessions;

  CitizenTokens(TokenVerifier verifier, Sessions sessions) {
    this.verifier = verifier;
    this.sessions = sessions;
  }

  /**
   * The citizen of a token whose session lives, and who acts in person. Errors: invalid_request.
   *
   * @param appId which app sends it; the token must have been given to the same
   */
  Uni<Subject> read(String token, String appId) {
    Caller caller = verified(token);
    JWTClaimsSet claims = claims(token);
    Object issued = claims.getClaim("client_id");
    boolean ok = caller.isCitizen() && !caller.isActing() && Objects.equals(issued, appId);
    if (!ok) {
      throw refused();
    }
    var subject = new Subject(caller, issuedAt(claims));
    return sessions
        .isLive(caller)
        .map(
            live -> {
              if (!live) {
                throw refused();
              }
              return subject;
            });
  }

  private Caller verified(String token) {
    try {
      return verifier.verify(token);
    } catch (ServiceException e) {
      if (e.reason() == PlatformReason.UNAUTHENTICATED) {
        throw refused();
      }
      throw e;
    }
  }

  private static JWTClaimsSet claims(String verifiedToken) {
    try {
      return SignedJWT.parse(verifiedToken).getJWTClaimsSet();
    } catch (ParseException e) {
      throw refused();
    }
  }

  private static Instant issuedAt(JWTClaimsSet claims) {
    return claims.toPayload().toJSONObject().get("iat") instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : Instant.EPOCH;
  }

  private static ServiceException refused() {
    return OAuthErrors.refuse(
        OAuthReason.INVALID_REQUEST, "the subject token is not a citizen's of this app");
  }
}
