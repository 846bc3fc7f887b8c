package io.liangjiang.platform.caller;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** What the actor may do in the subject's name, a list of strings. */
  public static final String POWERS = "powers";

  /** Delegation under which the actor acts. */
  public static final String DELEGATION = "delegation";

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
        texts(roles),
        assuranceLevel(claims.getStringClaimValue(ASSURANCE)),
        claims.getStringClaimValue(ORGANISATION),
        acting(claims),
        session == null ? "" : session,
        token);
  }

  /** An "act" that cannot be read still makes an acting token: one without any power. */
  private static Caller.@Nullable Acting acting(JwtClaims claims) throws MalformedClaimException {
    Object act = claims.getClaimValue(ACTOR);
    if (act == null) {
      return null;
    }
    String actor = act instanceof Map<?, ?> map && map.get("sub") instanceof String sub ? sub : "";
    List<String> powers = claims.getStringListClaimValue(POWERS);
    String delegation = claims.getStringClaimValue(DELEGATION);
    return new Caller.Acting(
        actor, delegation == null ? "" : delegation, actor.isEmpty() ? Set.of() : texts(powers));
  }

  /** None when the claim is not there; a list with a null in it is no list of texts. */
  private static Set<String> texts(@Nullable List<String> claim) throws MalformedClaimException {
    if (claim == null) {
      return Set.of();
    }
    if (claim.stream().anyMatch(Objects::isNull)) {
      throw new MalformedClaimException("a list of texts has a null");
    }
    return Set.copyOf(claim);
  }
}
