package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * What a token request asks for within what it may have.
 *
 * @param scopes empty for all that may be had
 * @param resources for whom the token shall be made out; empty for the usual
 * @param issuer for whom a token is made out when nobody else is named
 */
record Wishes(List<String> scopes, List<String> resources, String issuer) {

  static Wishes of(TokenRequest request, String issuer) {
    Scope scope = request.getScope();
    List<URI> named = request.getResources();
    List<String> resources =
        new ArrayList<>(named == null ? List.of() : named.stream().map(URI::toString).toList());
    if (request.getAuthorizationGrant() instanceof TokenExchangeGrant exchange
        && exchange.getAudience() != null) {
      exchange.getAudience().stream().map(Audience::getValue).forEach(resources::add);
    }
    return new Wishes(
        scope == null ? List.of() : scope.toStringList(),
        resources.stream().distinct().toList(),
        issuer);
  }

  /** The scopes, which must be among those. Errors: invalid_scope. */
  List<String> scopesWithin(Collection<String> allowed) {
    if (!new HashSet<>(allowed).containsAll(scopes)) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_SCOPE, "a scope was not granted");
    }
    List<String> chosen = scopes.isEmpty() ? List.copyOf(allowed) : scopes;
    if (chosen.isEmpty()) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_SCOPE, "there is no scope to be had");
    }
    return chosen;
  }

  /**
   * For whom a citizen's token is made out: the named ones, which must be among those or the
   * issuer; all of those when none is named. Errors: invalid_target.
   */
  List<String> audienceWithin(Collection<String> allowed) {
    if (resources.isEmpty()) {
      return allowed.isEmpty() ? List.of(issuer) : List.copyOf(allowed);
    }
    for (String resource : resources) {
      if (!resource.equals(issuer) && !allowed.contains(resource)) {
        throw refused();
      }
    }
    return resources;
  }

  /** The same for tokens that are nobody's claims: one must be meant, never the issuer. */
  List<String> audienceAmong(Collection<String> allowed) {
    if (resources.isEmpty() && allowed.size() == 1) {
      return List.copyOf(allowed);
    }
    if (resources.isEmpty() || !new HashSet<>(allowed).containsAll(resources)) {
      throw refused();
    }
    return resources;
  }

  private static RuntimeException refused() {
    return OAuthErrors.refuse(
        OAuthReason.INVALID_TARGET, "name a resource that was granted or registered");
  }
}
