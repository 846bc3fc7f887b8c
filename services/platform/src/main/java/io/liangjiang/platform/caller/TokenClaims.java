package io.liangjiang.platform.caller;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/**
 * The claims of the city's access tokens, by name and by meaning; identity writes what is read
 * here.
 */
public final class TokenClaims {
  /** Session of the token. */
  public static final String SESSION = "sid";

  /** Assurance level, one of {@link #acr}. */
  public static final String ASSURANCE = "acr";

  /** Roles, a list of strings. */
  public static final String ROLES = "roles";

  /** Organisation of a staff member. */
  public static final String ORGANISATION = "org";

  /** Who acts (RFC 8693): an object with "sub". */
  public static final String ACTOR = "act";

  private TokenClaims() {}

  /** The claim value of an assurance level. */
  public static String acr(AssuranceLevel level) {
    return switch (level) {
      case FACE -> "face";
      case REAL_NAME -> "real_name";
      case BASIC -> "basic";
      case ASSURANCE_LEVEL_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static AssuranceLevel assuranceLevel(@Nullable String acr) {
    return switch (acr) {
      case "face" -> AssuranceLevel.FACE;
      case "real_name" -> AssuranceLevel.REAL_NAME;
      case "basic" -> AssuranceLevel.BASIC;
      case null, default -> AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED;
    };
  }

  static Caller caller(JwtClaims claims, String token) throws MalformedClaimException {
    List<String> roles = claims.getStringListClaimValue(ROLES);
    String session = claims.getStringClaimValue(SESSION);
    return new Caller(
        claims.getSubject(),
        roles == null ? Set.of() : Set.copyOf(roles),
        assuranceLevel(claims.getStringClaimValue(ASSURANCE)),
        claims.getStringClaimValue(ORGANISATION),
        actor(claims.getClaimValue(ACTOR)),
        session == null ? "" : session,
        token);
  }

  private static @Nullable String actor(@Nullable Object act) {
    return act instanceof Map<?, ?> map && map.get("sub") instanceof String subject
        ? subject
        : null;
  }
}
