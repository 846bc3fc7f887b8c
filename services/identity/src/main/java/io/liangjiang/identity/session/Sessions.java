package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
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

/** Sessions after they were opened: listed, raised, ended. */
@ApplicationScoped
public class Sessions {
  private static final String UNKNOWN_ACTOR = "unknown";

  private final SessionRepository repository;
  private final RefreshSecrets secrets;
  private final Outbox outbox;
  private final AuditRecords audit;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  Sessions(
      SessionRepository repository,
      RefreshSecrets secrets,
      Outbox outbox,
      AuditRecords audit,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.secrets = secrets;
    this.outbox = outbox;
    this.audit = audit;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** Opens a session in the transaction of its sign-in. */
  Uni<Grant> open(SqlConnection tx, SignIns.Proven proven, String clientId, Device device) {
    Instant now = Columns.now(clock);
    Session session =
        new Session(
            UUID.randomUUID(),
            proven.account(),
            clientId,
            device,
            now,
            now.plus(settings.sessionTtl()),
            null,
            now,
            proven.authentication());
    Grant grant = first(session);
    return repository
        .insert(tx, session)
        .chain(() -> repository.insertToken(tx, grant, now.plus(settings.refreshTokenTtl())))
        .replaceWith(grant);
  }

  /** The answer to the sign-in that opened a session, again. Errors: SESSION_REVOKED. */
  Uni<Grant> again(UUID sessionId) {
    return repository
        .find(database.client(), sessionId)
        .map(
            found -> {
              Session session = found.orElseThrow(Sessions::notFound);
              if (session.revokeTime() != null) {
                throw revoked();
              }
              return first(session);
            });
  }

  /** Ends the session of the refresh token, or, when that is empty, of the caller's token. */
  Uni<Session> signOut(Caller caller, String refreshToken) {
    Uni<Optional<Session>> found =
        refreshToken.isEmpty()
            ? ofCaller(caller, caller.sessionId())
            : repository
                .findByToken(database.client(), RefreshSecrets.hash(refreshToken))
                .map(session -> Optional.of(session.orElseThrow(RefreshSecrets::unknown)));
    return found.chain(session -> end(session, SessionRevoked.Reason.SIGNED_OUT));
  }

  /** Ends one of the caller's sessions. Errors: SESSION_NOT_FOUND. */
  Uni<Session> revoke(Caller caller, String sessionId) {
    return ofCaller(caller, sessionId)
        .chain(session -> end(session, SessionRevoked.Reason.REVOKED_BY_OWNER));
  }

  /**
   * Ends all sessions of an account in the transaction of what was changed about it.
   *
   * @param actor subject of who changed it
   */
  public Uni<Void> endAll(SqlConnection tx, UUID accountId, String actor) {
    return endAll(
        tx,
        new Account(Account.Kind.STAFF, accountId),
        SessionRevoked.Reason.ACCOUNT_CHANGED,
        actor);
  }

  /** Ends all sessions of a citizen in the transaction in which the account is closed. */
  public Uni<Void> closeAll(SqlConnection tx, UUID citizenId, String actor) {
    return endAll(
        tx,
        new Account(Account.Kind.CITIZEN, citizenId),
        SessionRevoked.Reason.ACCOUNT_CLOSED,
        actor);
  }

  private Uni<Void> endAll(
      SqlConnection tx, Account account, SessionRevoked.Reason reason, String actor) {
    return repository
        .liveIds(tx, account.id(), Columns.now(clock))
        .chain(ids -> endAll(tx, ids, account, reason, actor));
  }

  /**
   * Ends the sessions that were opened with sign-in methods of the caller's, in the transaction
   * that takes them away; the caller's own stays.
   */
  public Uni<Void> endOpenedWith(SqlConnection tx, Caller caller, List<UUID> methodIds) {
    return endOpenedWith(tx, Account.of(caller), methodIds, caller.sessionId());
  }

  /** The same for methods that a sign-in of the account takes away; it has no session yet. */
  Uni<Void> endOpenedWith(SqlConnection tx, Account account, List<UUID> methodIds) {
    return endOpenedWith(tx, account, methodIds, "");
  }

  private Uni<Void> endOpenedWith(
      SqlConnection tx, Account account, List<UUID> methodIds, String except) {
    if (methodIds.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return repository
        .openedWith(tx, methodIds, Columns.now(clock))
        .map(ids -> ids.stream().filter(id -> !id.toString().equals(except)).toList())
        .chain(
            ids ->
                endAll(
                    tx,
                    ids,
                    account,
                    SessionRevoked.Reason.ACCOUNT_CHANGED,
                    account.id().toString()));
  }

  private Uni<Void> endAll(
      SqlConnection tx,
      List<UUID> ids,
      Account account,
      SessionRevoked.Reason reason,
      String actor) {
    return OneByOne.each(ids, id -> revoke(tx, id, account, reason, actor));
  }

  /** Ends the session whose refresh token came back long after its use. */
  Uni<Void> endReused(SqlConnection tx, Session session) {
    return revoke(
        tx,
        session.id(),
        session.account(),
        SessionRevoked.Reason.REFRESH_TOKEN_REUSED,
        UNKNOWN_ACTOR);
  }

  /** A page of the caller's live sessions. */
  Uni<Page.Cut<Session>> list(Caller caller, Page page) {
    if (!Violations.isUuid(caller.subject())) {
      return Uni.createFrom().item(new Page.Cut<>(List.of(), ""));
    }
    UUID account = UUID.fromString(caller.subject());
    return repository
        .listLive(database.client(), account, page, Columns.now(clock))
        .map(rows -> page.cut(rows, s -> List.of(s.createTime().toString(), s.id().toString())));
  }

  /** Whether the session of the caller's token lives. */
  public Uni<Boolean> isLive(Caller caller) {
    return findLive(caller).map(Optional::isPresent);
  }

  /** The session of the caller's token, while it lives. */
  Uni<Optional<Session>> findLive(Caller caller) {
    return ofCaller(caller, caller.sessionId())
        .map(session -> session.filter(s -> s.isLive(clock.instant())));
  }

  /** The caller's session is worth what was proved in it just now; it as it is then. */
  Uni<Optional<Session>> raised(Caller caller, AssuranceLevel proved) {
    return findLive(caller)
        .chain(
            found ->
                found.isEmpty() || !isBelow(found.get(), proved)
                    ? Uni.createFrom().item(found)
                    : repository
                        .raise(database.client(), found.get().id(), proved)
                        .chain(() -> findLive(caller)));
  }

  private static boolean isBelow(Session session, AssuranceLevel proved) {
    return session.authentication().ceiling().getNumber() < proved.getNumber();
  }

  private Uni<Optional<Session>> ofCaller(Caller caller, String sessionId) {
    if (caller.isAnonymous()) {
      return Uni.createFrom()
          .failure(
              new ServiceException(
                  PlatformReason.UNAUTHENTICATED, "an access token or a refresh token is needed"));
    }
    if (!Violations.isUuid(sessionId)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return repository
        .find(database.client(), UUID.fromString(sessionId))
        .map(found -> found.filter(s -> s.account().id().toString().equals(caller.subject())));
  }

  private Uni<Session> end(Optional<Session> found, SessionRevoked.Reason reason) {
    Session session = found.orElseThrow(Sessions::notFound);
    if (session.revokeTime() != null) {
      return Uni.createFrom().item(session);
    }
    String owner = session.account().id().toString();
    return database
        .inTransaction(tx -> revoke(tx, session.id(), session.account(), reason, owner))
        .chain(() -> repository.find(database.client(), session.id()))
        .map(ended -> ended.orElseThrow(Sessions::notFound));
  }

  private Uni<Void> revoke(
      SqlConnection tx,
      UUID sessionId,
      Account account,
      SessionRevoked.Reason reason,
      String actor) {
    String id = sessionId.toString();
    String subject = account.id().toString();
    var event =
        SessionRevoked.newBuilder().setSessionId(id).setSubject(subject).setReason(reason).build();
    return repository
        .revoke(tx, sessionId, reason.name(), Columns.now(clock))
        .chain(
            ended ->
                ended
                    ? outbox
                        .append(tx, "identity.SessionRevoked", id, event)
                        .chain(
                            () ->
                                audit.append(
                                    tx, "session.revoked", actor, subject, reason + " " + id))
                    : Uni.createFrom().voidItem());
  }

  private Grant first(Session session) {
    return new Grant(session, secrets.first(session.id()), 0, session.createTime());
  }

  private static ServiceException notFound() {
    return new ServiceException(IdentityReason.SESSION_NOT_FOUND, "no such session");
  }

  /** The refusal of what belongs to a session that was ended. */
  static ServiceException revoked() {
    return new ServiceException(IdentityReason.SESSION_REVOKED, "the session was ended");
  }
}
