package io.liangjiang.identity.guest;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.session.RefreshDecision;
import io.liangjiang.identity.session.RefreshSecrets;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Citizens' sessions at guests: opened, refreshed, ended. Refresh tokens follow the rules of the
 * city's own sessions: rotation, the same successor for a while, reuse ends the session.
 */
@ApplicationScoped
public class GuestSessions {
  /** How many sessions of suspended guests are ended in one transaction. */
  private static final int ENDED_AT_ONCE = 200;

  private static final String UNKNOWN_ACTOR = "unknown";

  /** What a session is opened with. */
  public record Opening(
      UUID citizenId,
      List<String> scopes,
      List<String> resources,
      AssuranceLevel level,
      Instant authTime) {}

  private record Refreshed(RefreshDecision decision, Optional<IssuedGrant> grant) {}

  private final GuestSessionRepository repository;
  private final GuestGrantRepository grants;
  private final RefreshSecrets secrets;
  private final Outbox outbox;
  private final AuditRecords audit;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  GuestSessions(
      GuestSessionRepository repository,
      GuestGrantRepository grants,
      RefreshSecrets secrets,
      Outbox outbox,
      AuditRecords audit,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.grants = grants;
    this.secrets = secrets;
    this.outbox = outbox;
    this.audit = audit;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Opens a session with what still holds of the scopes, in the transaction of what it is opened
   * for; nothing when no grant holds any more. It has a refresh token if it may go on without the
   * citizen.
   */
  public Uni<Optional<IssuedGrant>> open(
      SqlConnection tx, RegisteredClient client, Opening opening) {
    return grants
        .lockScopes(tx, opening.citizenId(), client.id())
        .map(granted -> GuestScopes.common(opening.scopes(), granted))
        .map(scopes -> GuestScopes.common(scopes, client.scopes()))
        .chain(
            scopes ->
                scopes.contains(GuestScopes.OPENID)
                    ? insert(tx, session(client, opening, scopes)).map(Optional::of)
                    : Uni.createFrom().item(Optional.<IssuedGrant>empty()));
  }

  private GuestSession session(RegisteredClient client, Opening opening, List<String> scopes) {
    Instant now = Columns.now(clock);
    boolean offline = scopes.contains(GuestScopes.OFFLINE_ACCESS);
    return new GuestSession(
        UUID.randomUUID(),
        opening.citizenId(),
        client.id(),
        scopes,
        opening.resources(),
        opening.level(),
        opening.authTime(),
        now,
        now.plus(offline ? settings.sessionTtl() : settings.accessTokenTtl()),
        null);
  }

  private Uni<IssuedGrant> insert(SqlConnection tx, GuestSession session) {
    boolean offline = session.scopes().contains(GuestScopes.OFFLINE_ACCESS);
    Instant now = session.createTime();
    var grant =
        new IssuedGrant(
            session, offline ? secrets.first(session.id()) : "", 0, now, session.scopes());
    return repository
        .insert(tx, session)
        .chain(
            () ->
                offline
                    ? repository.insertToken(tx, grant, now.plus(settings.refreshTokenTtl()))
                    : Uni.createFrom().voidItem())
        .replaceWith(grant);
  }

  /**
   * Exchanges a refresh token of the client; a reused one ends its session, which is committed
   * before the refusal. Errors: INVALID_REFRESH_TOKEN, REFRESH_TOKEN_EXPIRED, REFRESH_TOKEN_REUSED,
   * SESSION_REVOKED.
   */
  public Uni<IssuedGrant> refresh(RegisteredClient client, String token) {
    byte[] hash = RefreshSecrets.hash(token);
    return database
        .inTransaction(
            tx ->
                repository
                    .lockToken(tx, hash)
                    .map(found -> found.filter(t -> t.session().clientId().equals(client.id())))
                    .map(found -> found.orElseThrow(RefreshSecrets::unknown))
                    .invoke(known -> requireHonoured(client, known.session()))
                    .chain(known -> refresh(tx, client, token, known)))
        .map(refreshed -> refreshed.grant().orElseThrow(() -> refuse(refreshed.decision())));
  }

  private Uni<Refreshed> refresh(
      SqlConnection tx, RegisteredClient client, String token, GuestRefreshToken known) {
    Instant now = Columns.now(clock);
    var decision = RefreshDecision.of(known.times(), now, settings.refreshGrace());
    return switch (decision) {
      case ROTATE ->
          successor(tx, client, token, known, now)
              .call(grant -> keep(tx, token, grant))
              .map(grant -> new Refreshed(decision, Optional.of(grant)));
      case REPLAY ->
          successor(tx, client, token, known, Optional.ofNullable(known.rotateTime()).orElse(now))
              .map(grant -> new Refreshed(decision, Optional.of(grant)));
      case REUSED ->
          end(tx, known.session(), SessionRevoked.Reason.REFRESH_TOKEN_REUSED, UNKNOWN_ACTOR)
              .replaceWith(new Refreshed(decision, Optional.empty()));
      case EXPIRED, REVOKED -> Uni.createFrom().item(new Refreshed(decision, Optional.empty()));
    };
  }

  private Uni<Void> keep(SqlConnection tx, String token, IssuedGrant grant) {
    Instant now = grant.issuedAt();
    return repository
        .rotate(tx, RefreshSecrets.hash(token), grant.session().id(), now)
        .chain(() -> repository.insertToken(tx, grant, now.plus(settings.refreshTokenTtl())));
  }

  private Uni<IssuedGrant> successor(
      SqlConnection tx,
      RegisteredClient client,
      String token,
      GuestRefreshToken known,
      Instant issuedAt) {
    GuestSession session = known.session();
    return grants
        .scopes(tx, session.citizenId(), session.clientId())
        .map(granted -> GuestScopes.common(session.scopes(), granted))
        .map(scopes -> GuestScopes.common(scopes, client.scopes()))
        .invoke(GuestSessions::requireSignIn)
        .map(
            scopes ->
                new IssuedGrant(
                    session, secrets.successor(token), known.generation() + 1, issuedAt, scopes));
  }

  /** The session, while it lives. */
  public Uni<Optional<GuestSession>> findLive(UUID sessionId) {
    return repository
        .find(database.client(), sessionId)
        .map(found -> found.filter(session -> session.isLive(clock.instant())));
  }

  /** Ends a session because the guest gave it back. */
  public Uni<Void> signOut(GuestSession session) {
    return database.inTransaction(
        tx -> end(tx, session, SessionRevoked.Reason.SIGNED_OUT, session.clientId()));
  }

  /** Ends the session of a code that came back. */
  public Uni<Void> codeReused(SqlConnection tx, UUID sessionId) {
    return repository
        .find(tx, sessionId)
        .chain(
            found ->
                found.isPresent()
                    ? end(tx, found.get(), SessionRevoked.Reason.CODE_REUSED, UNKNOWN_ACTOR)
                    : Uni.createFrom().voidItem());
  }

  /** Ends all of a citizen's sessions at a guest, in the transaction of the reason. */
  Uni<Void> endAll(
      SqlConnection tx, UUID citizenId, String clientId, SessionRevoked.Reason reason) {
    return repository
        .lockLive(tx, citizenId, clientId, clock.instant())
        .chain(live -> endEach(tx, live, reason, citizenId.toString()));
  }

  /**
   * Ends sessions of suspended guests, so that whoever follows the feed refuses their tokens too; a
   * bounded piece. They are worth nothing here from the suspension on.
   */
  Uni<Void> endSuspended() {
    return repository
        .ofSuspended(database.client(), clock.instant(), ENDED_AT_ONCE)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : database.inTransaction(
                        tx ->
                            endEach(
                                tx, found, SessionRevoked.Reason.CLIENT_SUSPENDED, UNKNOWN_ACTOR)));
  }

  private Uni<Void> endEach(
      SqlConnection tx, List<GuestSession> found, SessionRevoked.Reason reason, String actor) {
    return OneByOne.each(found, session -> end(tx, session, reason, actor));
  }

  private Uni<Void> end(
      SqlConnection tx, GuestSession session, SessionRevoked.Reason reason, String actor) {
    String id = session.id().toString();
    String subject = session.citizenId().toString();
    var event =
        SessionRevoked.newBuilder().setSessionId(id).setSubject(subject).setReason(reason).build();
    return repository
        .revoke(tx, session.id(), reason.name(), Columns.now(clock))
        .chain(
            ended ->
                ended
                    ? outbox
                        .append(tx, "identity.SessionRevoked", id, event)
                        .chain(
                            () ->
                                audit.append(
                                    tx,
                                    "guest-session.revoked",
                                    actor,
                                    subject,
                                    reason + " " + session.clientId() + " " + id))
                    : Uni.createFrom().voidItem());
  }

  private static void requireHonoured(RegisteredClient client, GuestSession session) {
    if (!client.honours(session.createTime())) {
      throw refuse(RefreshDecision.REVOKED);
    }
  }

  private static void requireSignIn(List<String> scopes) {
    if (!scopes.contains(GuestScopes.OPENID)) {
      throw refuse(RefreshDecision.REVOKED);
    }
  }

  private static ServiceException refuse(RefreshDecision decision) {
    return switch (decision) {
      case REUSED ->
          new ServiceException(
              IdentityReason.REFRESH_TOKEN_REUSED,
              "the refresh token was used before; its session is ended");
      case REVOKED -> new ServiceException(IdentityReason.SESSION_REVOKED, "the session was ended");
      case EXPIRED, ROTATE, REPLAY ->
          new ServiceException(
              IdentityReason.REFRESH_TOKEN_EXPIRED, "the refresh token has expired");
    };
  }
}
