package io.liangjiang.identity.guestclient;

import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guest as it is registered.
 *
 * @param suspendTime of its last suspension; what was given out before is worth nothing
 */
public record RegisteredClient(Client registration, @Nullable Instant suspendTime) {

  /** The OAuth client id. */
  public String id() {
    return registration.getClientId();
  }

  public boolean isActive() {
    return registration.getState() == Client.State.ACTIVE;
  }

  /** Whether it has keys to prove itself with; a guest without is known by PKCE alone. */
  public boolean hasKeys() {
    return !registration.getJwks().isEmpty();
  }

  /** Whether codes may be sent there: to a registered address, character by character. */
  public boolean allowsRedirect(String uri) {
    return registration.getRedirectUrisList().contains(uri);
  }

  /** Whether a browser may be sent there after signing out. */
  public boolean allowsPostLogoutRedirect(String uri) {
    return registration.getPostLogoutRedirectUrisList().contains(uri);
  }

  /** The scopes that it may ask for. */
  public List<String> scopes() {
    return registration.getScopesList().stream().map(ClientScope::getScope).toList();
  }

  /** These scopes with their purposes, in the registered order; others are left out. */
  public List<ClientScope> scopesOf(Collection<String> names) {
    return registration.getScopesList().stream()
        .filter(scope -> names.contains(scope.getScope()))
        .toList();
  }

  /** Whether what was given out at that time still counts. */
  public boolean honours(Instant issued) {
    return isActive() && (suspendTime == null || issued.isAfter(suspendTime));
  }
}
