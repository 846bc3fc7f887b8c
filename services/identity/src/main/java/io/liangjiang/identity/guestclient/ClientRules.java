package io.liangjiang.identity.guestclient;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.platform.errors.Violations;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be registered. Errors: INVALID_ARGUMENT with every field that is wrong. */
final class ClientRules {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{3,64}");
  private static final Pattern SECTOR = Pattern.compile("[a-z0-9.-]{1,100}");
  private static final String CITY = "liangjiang";
  private static final int MAX_NAME = 100;
  private static final int MAX_PURPOSE = 200;
  private static final int MAX_URIS = 10;
  private static final int MAX_URI = 500;
  private static final int MAX_SCOPES = 20;
  private static final int MAX_KEYS = 5;
  private static final int MAX_JWKS = 16_384;
  private static final int MIN_RSA_BITS = 2_048;
  private static final int MAX_PER_MINUTE = 100_000;
  private static final int MAX_PER_DAY = 10_000_000;
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<Client.Kind> KINDS =
      Set.of(Client.Kind.WEB_PAGE, Client.Kind.MINI_PROGRAM, Client.Kind.MACHINE);

  private ClientRules() {}

  /** Whether a guest can have that id; what cannot is not looked up. */
  static boolean isId(String clientId) {
    return ID.matcher(clientId).matches();
  }

  /** Checks all that an operator says of a guest. */
  static void check(Client client) {
    boolean machine = client.getKind() == Client.Kind.MACHINE;
    var violations = new Violations();
    violations
        .require(
            ID.matcher(client.getClientId()).matches() && !client.getClientId().equals(CITY),
            "client.client_id",
            "must be 3 to 64 characters of a-z 0-9 -")
        .requireText(client.getDisplayName(), 1, MAX_NAME, "client.display_name")
        .requireText(client.getPurpose(), 1, MAX_PURPOSE, "client.purpose")
        .require(KINDS.contains(client.getKind()), "client.kind", "must be one of the kinds")
        .require(
            SECTOR.matcher(client.getSector()).matches(),
            "client.sector",
            "must be 1 to 100 characters of a-z 0-9 . -")
        .require(
            isBetween(client.getRequestsPerMinute(), MAX_PER_MINUTE),
            "client.requests_per_minute",
            "must be 1 to " + MAX_PER_MINUTE)
        .require(
            isBetween(client.getRequestsPerDay(), MAX_PER_DAY),
            "client.requests_per_day",
            "must be 1 to " + MAX_PER_DAY);
    violations.require(
        client.getKind() != Client.Kind.WEB_PAGE || client.getRedirectUrisCount() > 0,
        "client.redirect_uris",
        "must have one at least");
    violations.require(
        !machine || client.getRedirectUrisCount() == 0,
        "client.redirect_uris",
        "must be empty for a machine");
    violations.require(
        client.getJwks().isEmpty() ? !machine : isKeySet(client.getJwks()),
        "client.jwks",
        "must be a JWK Set of 1 to 5 public RSA or EC P-256 keys with different kids");
    violations.require(
        client.getServesCount() == 0 || !client.getJwks().isEmpty(), "client.serves", "needs keys");
    checkLists(client, violations);
    violations.throwIfAny();
  }

  /** Checks what may never change, so that nobody becomes somebody else. */
  static void checkChange(Client before, Client after) {
    new Violations()
        .require(before.getKind() == after.getKind(), "client.kind", "cannot change")
        .require(before.getSector().equals(after.getSector()), "client.sector", "cannot change")
        .require(
            before.getJwks().isEmpty() == after.getJwks().isEmpty(),
            "client.jwks",
            "a guest with keys keeps having some, one without gets none")
        .throwIfAny();
  }

  private static void checkLists(Client client, Violations violations) {
    requireAll(client.getRedirectUrisList(), true, "client.redirect_uris", violations);
    requireAll(
        client.getPostLogoutRedirectUrisList(),
        true,
        "client.post_logout_redirect_uris",
        violations);
    requireAll(client.getAudiencesList(), false, "client.audiences", violations);
    requireAll(client.getServesList(), false, "client.serves", violations);
    violations.require(
        client.getScopesCount() <= MAX_SCOPES, "client.scopes", "must be at most " + MAX_SCOPES);
    Set<String> names = new HashSet<>();
    for (ClientScope scope : client.getScopesList()) {
      violations
          .require(
              GuestScopes.exists(scope.getScope()) && names.add(scope.getScope()),
              "client.scopes.scope",
              "must be a scope of the city or have a colon, and be there once")
          .requireText(scope.getPurpose(), 1, MAX_PURPOSE, "client.scopes.purpose");
    }
  }

  private static void requireAll(
      List<String> uris, boolean opensInBrowser, String field, Violations violations) {
    violations.require(
        uris.size() <= MAX_URIS && new HashSet<>(uris).size() == uris.size(),
        field,
        "must be at most " + MAX_URIS + ", all different");
    for (String uri : uris) {
      violations.require(
          opensInBrowser ? opensInBrowser(uri) : isAbsolute(uri),
          field,
          opensInBrowser
              ? "must be https, or http on localhost, without user and fragment"
              : "must be absolute URIs without a fragment");
    }
  }

  private static boolean opensInBrowser(String text) {
    URI uri = parse(text);
    if (uri == null || uri.getHost() == null || uri.getUserInfo() != null) {
      return false;
    }
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOCAL_HOSTS.contains(uri.getHost()));
  }

  private static boolean isAbsolute(String text) {
    return parse(text) != null;
  }

  private static @Nullable URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean ok =
          uri.isAbsolute()
              && uri.getRawFragment() == null
              && text.length() <= MAX_URI
              && text.chars().allMatch(c -> c > ' ' && c < 127);
      return ok ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isKeySet(String json) {
    if (json.length() > MAX_JWKS) {
      return false;
    }
    try {
      List<JWK> keys = JWKSet.parse(json).getKeys();
      long names = keys.stream().map(JWK::getKeyID).filter(kid -> kid != null).distinct().count();
      return !keys.isEmpty()
          && keys.size() <= MAX_KEYS
          && names == keys.size()
          && keys.stream().allMatch(ClientRules::isPublicSigningKey);
    } catch (ParseException e) {
      return false;
    }
  }

  private static boolean isPublicSigningKey(JWK key) {
    boolean strong =
        (key instanceof RSAKey && key.size() >= MIN_RSA_BITS)
            || (key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256));
    return strong
        && !key.isPrivate()
        && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE));
  }

  private static boolean isBetween(int value, int max) {
    return value >= 1 && value <= max;
  }
}
