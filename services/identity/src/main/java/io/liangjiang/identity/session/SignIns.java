package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.Entry;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.session.SignInRepository.SignIn;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.staff.StaffMember;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Opens sessions once a request: the same request with the same credential is answered with the
 * same session for a while.
 */
@ApplicationScoped
class SignIns {
  static final String STAFF_CLIENT = "staff";

  /**
   * One request to sign in.
   *
   * @param credentialHash of the credential that the request carries; another one under the same id
   *     is refused
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual
  record Request(UUID id, byte[] credentialHash, Device device) {}

  /** Whose session is opened, and how they proved it. */
  record Proven(Account account, Authentication authentication) {
    /** By a citizen's way to sign in. */
    static Proven by(Entry entry, List<String> methods, Instant now) {
      return new Proven(
          new Account(Account.Kind.CITIZEN, entry.citizen().id()),
          new Authentication(entry.methodId(), methods, now, entry.ceiling()));
    }
  }

  private final SignInRepository repository;
  private final Sessions sessions;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  SignIns(
      SignInRepository repository,
      Sessions sessions,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.sessions = sessions;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The answer that this request got before, if it did. Errors: REQUEST_ID_REUSED, SESSION_REVOKED.
   */
  Uni<Optional<Grant>> answered(Request request) {
    return repository
        .find(database.client(), request.id())
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<Grant>empty())
                    : replay(request, found.get()).map(Optional::of));
  }

  /** Opens a session of the account that the work finds, or answers as before. */
  Uni<Grant> open(Request request, String clientId, Function<SqlConnection, Uni<Proven>> prove) {
    return database
        .inTransaction(
            tx ->
                repository
                    .lock(tx, request.id())
                    .chain(() -> repository.find(tx, request.id()))
                    .chain(
                        found ->
                            found.isPresent()
                                ? Uni.createFrom().item(Optional.<Grant>empty())
                                : prove
                                    .apply(tx)
                                    .chain(proven -> open(tx, request, clientId, proven))
                                    .map(Optional::of)))
        .chain(
            opened ->
                opened.isPresent()
                    ? Uni.createFrom().item(opened.get())
                    : answered(request).map(Optional::orElseThrow));
  }

  /** Opens a session of a staff member whose password was checked. Errors: REQUEST_ID_REUSED. */
  Uni<Grant> openStaff(UUID requestId, StaffMember staff, Device device) {
    Proven proven =
        new Proven(
            new Account(Account.Kind.STAFF, staff.id()),
            new Authentication(
                null, Authentication.BY_PASSWORD, Columns.now(clock), AssuranceLevel.FACE));
    byte[] credential = Digests.sha256("staff/" + staff.id());
    return open(
        new Request(requestId, credential, device),
        STAFF_CLIENT,
        tx -> Uni.createFrom().item(proven));
  }

  /**
   * The answer after a refusal: what is good once may have been used by the same request in another
   * process a moment ago.
   */
  Uni<Grant> answeredElsewhere(Request request, Throwable refusal) {
    return answered(request)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : Uni.createFrom().failure(refusal));
  }

  private Uni<Grant> open(SqlConnection tx, Request request, String clientId, Proven proven) {
    return sessions
        .open(tx, proven, clientId, request.device())
        .call(
            grant ->
                repository.insert(
                    tx,
                    request.id(),
                    new SignIn(request.credentialHash(), grant.session().id(), grant.issuedAt())));
  }

  private Uni<Grant> replay(Request request, SignIn signIn) {
    Instant now = Columns.now(clock);
    boolean same = MessageDigest.isEqual(signIn.credentialHash(), request.credentialHash());
    if (!same) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for another sign-in");
    }
    if (!now.isBefore(signIn.createTime().plus(settings.signInReplay()))) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for a sign-in long ago");
    }
    return sessions.again(signIn.sessionId());
  }
}
