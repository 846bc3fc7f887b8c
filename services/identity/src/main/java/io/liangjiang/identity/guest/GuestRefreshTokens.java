package io.liangjiang.identity.guest;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.session.RefreshDecision;
import io.liangjiang.identity.session.RefreshSecrets;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Finds out what a guest's refresh token is worth, without using it. */
@ApplicationScoped
public class GuestRefreshTokens {
  /**
   * What a token that would be exchanged is worth.
   *
   * @param scopes what still holds of the session's
   * @param expireTime until when it can be exchanged, or was exchanged and is answered again
   */
  public record Worth(GuestSession session, List<String> scopes, Instant expireTime) {}

  private final GuestSessionRepository repository;
  private final GuestGrants grants;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  GuestRefreshTokens(
      GuestSessionRepository repository,
      GuestGrants grants,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.grants = grants;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** The session of a token, also an ended one; nothing for what is no token. */
  public Uni<Optional<GuestSession>> session(String token) {
    return known(token).map(found -> found.map(GuestRefreshToken::session));
  }

  /** What the client's token is worth now; nothing when a refresh with it would be refused. */
  public Uni<Optional<Worth>> find(RegisteredClient client, String token) {
    Instant now = Columns.now(clock);
    return known(token)
        .map(found -> found.filter(each -> isExchangeable(client, each, now)))
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<Worth>empty())
                    : worth(client, found.get()));
  }

  private boolean isExchangeable(RegisteredClient client, GuestRefreshToken token, Instant now) {
    var decision = RefreshDecision.of(token.times(), now, settings.refreshGrace());
    return token.session().clientId().equals(client.id())
        && client.honours(token.session().createTime())
        && (decision == RefreshDecision.ROTATE || decision == RefreshDecision.REPLAY);
  }

  private Uni<Optional<Worth>> worth(RegisteredClient client, GuestRefreshToken token) {
    GuestSession session = token.session();
    return grants
        .scopes(session.citizenId(), session.clientId())
        .map(granted -> GuestScopes.common(session.scopes(), granted))
        .map(scopes -> GuestScopes.common(scopes, client.scopes()))
        .map(
            scopes ->
                scopes.contains(GuestScopes.OPENID)
                    ? Optional.of(new Worth(session, scopes, expireTime(token)))
                    : Optional.empty());
  }

  private Instant expireTime(GuestRefreshToken token) {
    Instant rotated = token.rotateTime();
    Instant own = rotated == null ? token.expireTime() : rotated.plus(settings.refreshGrace());
    Instant last = token.session().expireTime();
    return own.isBefore(last) ? own : last;
  }

  private Uni<Optional<GuestRefreshToken>> known(String token) {
    return Uni.createFrom()
        .deferred(() -> repository.findToken(database.client(), RefreshSecrets.hash(token)))
        .onFailure(GuestRefreshTokens::isUnknown)
        .recoverWithItem(Optional.empty());
  }

  private static boolean isUnknown(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.INVALID_REFRESH_TOKEN;
  }
}
