package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.Flights;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;

/**
 * Proving again, in a session, who its owner is; and asking whether that was a moment ago. A stolen
 * token alone adds no way to sign in and takes none away.
 */
@ApplicationScoped
public class StepUps {
  /** How long a proof counts as fresh. */
  public static final Duration FRESH = Duration.ofMinutes(5);

  /**
   * A proof that was right, not used up yet.
   *
   * @param account whose it is
   * @param use uses it up
   */
  record Fresh(
      Account account, Authentication authentication, Function<SqlConnection, Uni<Void>> use) {}

  private record Flight(String sessionId, UUID requestId) {}

  private final Flights<Flight, Session> underWay = new Flights<>();
  private final Sessions sessions;
  private final SessionRepository repository;
  private final FreshProofs freshProofs;
  private final Citizens citizens;
  private final Database database;
  private final InstantSource clock;

  StepUps(
      Sessions sessions,
      SessionRepository repository,
      FreshProofs freshProofs,
      Citizens citizens,
      Database database,
      InstantSource clock) {
    this.sessions = sessions;
    this.repository = repository;
    this.freshProofs = freshProofs;
    this.citizens = citizens;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Lets pass whose session has a fresh proof and is worth all that the account has proved. Errors:
   * STEP_UP_REQUIRED, ASSURANCE_LEVEL_TOO_LOW.
   */
  public Uni<Void> require(Caller caller) {
    return sessions
        .findLive(caller)
        .map(
            found ->
                found
                    .filter(session -> isFresh(session.authentication().time()))
                    .orElseThrow(StepUps::required))
        .chain(
            session ->
                session.account().isCitizen()
                    ? citizens
                        .get(session.account().id())
                        .invoke(citizen -> requireWorth(session, citizen.assuranceLevel()))
                        .replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  /**
   * Notes a proof in the caller's session, once a request. Errors: SESSION_NOT_FOUND,
   * STEP_UP_REFUSED for somebody else's proof, and those of the proof.
   *
   * @param given is not looked at when the request was answered before
   */
  Uni<Session> prove(Caller caller, UUID requestId, FreshProofs.Given given, String address) {
    return own(caller)
        .chain(session -> repository.isSteppedUp(database.client(), session.id(), requestId))
        .chain(
            done ->
                done
                    ? own(caller)
                    : underWay.join(
                        new Flight(caller.sessionId(), requestId),
                        () -> first(caller, requestId, given, address)));
  }

  private Uni<Session> first(
      Caller caller, UUID requestId, FreshProofs.Given given, String address) {
    return freshProofs
        .of(given, caller, address)
        .chain(fresh -> note(caller, requestId, fresh))
        .onFailure(ServiceException.class)
        .recoverWithUni(refusal -> notedElsewhere(caller, requestId, refusal));
  }

  private Uni<Session> note(Caller caller, UUID requestId, Fresh fresh) {
    if (!fresh.account().id().toString().equals(caller.subject())) {
      throw new ServiceException(
          IdentityReason.STEP_UP_REFUSED, "the proof is of no way to sign in to this account");
    }
    return own(caller)
        .chain(
            session ->
                database.inTransaction(
                    tx ->
                        fresh
                            .use()
                            .apply(tx)
                            .chain(
                                () ->
                                    repository.stepUp(
                                        tx,
                                        session.id(),
                                        session.authentication().and(fresh.authentication()),
                                        requestId))))
        .chain(() -> own(caller));
  }

  /** What is good once may have been used by the same request a moment ago. */
  private Uni<Session> notedElsewhere(Caller caller, UUID requestId, Throwable refusal) {
    return own(caller)
        .chain(
            session ->
                repository
                    .isSteppedUp(database.client(), session.id(), requestId)
                    .chain(
                        done ->
                            done
                                ? Uni.createFrom().item(session)
                                : Uni.createFrom().failure(refusal)));
  }

  private Uni<Session> own(Caller caller) {
    return sessions
        .findLive(caller)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(IdentityReason.SESSION_NOT_FOUND, "no such session")));
  }

  private boolean isFresh(Instant proved) {
    return Columns.now(clock).isBefore(proved.plus(FRESH));
  }

  private static void requireWorth(Session session, AssuranceLevel ofAccount) {
    // a proved name is enough: who refuses to show the face has another way
    AssuranceLevel wanted = ofAccount == AssuranceLevel.FACE ? AssuranceLevel.REAL_NAME : ofAccount;
    if (session.authentication().level(ofAccount).getNumber() < wanted.getNumber()) {
      throw new ServiceException(
              PlatformReason.ASSURANCE_LEVEL_TOO_LOW, "prove the account's name in this session")
          .with("requiredLevel", wanted);
    }
  }

  private static ServiceException required() {
    return new ServiceException(
        IdentityReason.STEP_UP_REQUIRED, "prove who you are once more: see StepUp");
  }
}
