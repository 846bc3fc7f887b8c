package io.liangjiang.identity.passkey;

import com.webauthn4j.data.AuthenticationData;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.passkey.PasskeyChallenges.Issued;
import io.liangjiang.identity.passkey.PasskeyChallenges.Purpose;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Passkeys added and used. A challenge's id is its request's, so that a request that comes twice
 * gets the same one; checking an answer changes nothing, using it up belongs to the transaction of
 * what it is good for.
 */
@ApplicationScoped
public class Passkeys {
  static final AttemptLimit BEGUN_BY_ADDRESS =
      new AttemptLimit("passkey-begin", 300, Duration.ofMinutes(10));
  static final AttemptLimit WRONG_BY_ADDRESS =
      new AttemptLimit("passkey-wrong", 100, Duration.ofMinutes(10));

  /** What a device is asked. */
  public record Challenge(UUID id, String optionsJson, Instant expireTime) {}

  /** A new key that was verified, not kept yet. */
  public record Registration(UUID challengeId, Passkey passkey) {}

  /** An answer that was right, not used up yet. */
  public record Proof(UUID challengeId, Passkey passkey, long signCount, boolean backedUp) {}

  private final PasskeyRepository repository;
  private final PasskeyChallenges challenges;
  private final PasskeyVerifier verifier;
  private final PasskeyDomain domain;
  private final AttemptLimits limits;
  private final AuditRecords audit;
  private final Database database;
  private final InstantSource clock;

  Passkeys(
      PasskeyRepository repository,
      PasskeyChallenges challenges,
      PasskeyVerifier verifier,
      PasskeyDomain domain,
      AttemptLimits limits,
      AuditRecords audit,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.challenges = challenges;
    this.verifier = verifier;
    this.domain = domain;
    this.limits = limits;
    this.audit = audit;
    this.database = database;
    this.clock = clock;
  }

  /**
   * A challenge to add a key to an account. Errors: PASSKEYS_NOT_SET_UP, REQUEST_ID_REUSED.
   *
   * @param name what the device shows for the account
   */
  public Uni<Challenge> beginRegistration(UUID requestId, Account account, String name) {
    var unused = domain.requireId();
    return challenges
        .issue(requestId, Purpose.REGISTRATION, account.id())
        .chain(
            issued ->
                repository
                    .credentialIds(database.client(), account.id())
                    .map(
                        known ->
                            PasskeyOptions.creation(
                                domain, issued.bytes(), account.id(), name, known))
                    .map(options -> challenge(issued, options)));
  }

  /** A key that a device made. Errors: INVALID_PASSKEY, INVALID_PASSKEY_CHALLENGE. */
  public Uni<Registration> check(UUID challengeId, Account account, String json) {
    return challenges
        .require(challengeId, Purpose.REGISTRATION, account.id())
        .chain(issued -> verifier.registered(issued.bytes(), account, json))
        .map(passkey -> new Registration(challengeId, passkey));
  }

  /**
   * Keeps the key. Errors: INVALID_PASSKEY_CHALLENGE, SIGN_IN_METHOD_TAKEN when the device's key
   * belongs to somebody already.
   */
  public Uni<Passkey> add(SqlConnection tx, Registration registration, String label) {
    Passkey passkey = registration.passkey().labelled(label);
    return challenges
        .use(tx, registration.challengeId())
        .chain(() -> repository.insert(tx, passkey, Columns.now(clock)))
        .map(
            kept -> {
              if (!kept) {
                throw new ServiceException(
                    IdentityReason.SIGN_IN_METHOD_TAKEN, "the passkey belongs to an account");
              }
              return passkey;
            });
  }

  /**
   * A challenge for whoever has a passkey. Errors: PASSKEYS_NOT_SET_UP, TOO_MANY_ATTEMPTS,
   * REQUEST_ID_REUSED.
   */
  public Uni<Challenge> beginSignIn(UUID requestId, String address) {
    var unused = domain.requireId();
    return limits
        .acquire(BEGUN_BY_ADDRESS, address)
        .chain(() -> challenges.issue(requestId, Purpose.SIGN_IN, null))
        .map(issued -> challenge(issued, PasskeyOptions.request(domain, issued.bytes())));
  }

  /**
   * Whose passkey answered. Errors: INVALID_PASSKEY, INVALID_PASSKEY_CHALLENGE, PASSKEY_COPIED,
   * TOO_MANY_ATTEMPTS.
   */
  public Uni<Proof> check(UUID challengeId, String json, String address) {
    return limits
        .requireOpen(WRONG_BY_ADDRESS, address)
        .chain(() -> challenges.require(challengeId, Purpose.SIGN_IN, null))
        .chain(issued -> check(issued, json))
        .onFailure(Passkeys::isWrong)
        .call(() -> limits.acquire(WRONG_BY_ADDRESS, address));
  }

  /**
   * Uses the answer up, in the transaction of what it is good for. Errors:
   * INVALID_PASSKEY_CHALLENGE, INVALID_PASSKEY.
   */
  public Uni<Void> use(SqlConnection tx, Proof proof) {
    return challenges
        .use(tx, proof.challengeId())
        .chain(
            () -> repository.countOn(tx, proof.passkey().id(), proof.signCount(), proof.backedUp()))
        .invoke(
            counted -> {
              if (!counted) {
                throw PasskeyVerifier.invalid();
              }
            })
        .replaceWithVoid();
  }

  /** Deletes challenges that nobody can answer any more. */
  public Uni<Void> forgetOld() {
    return challenges.forgetOld();
  }

  private Uni<Proof> check(Issued issued, String json) {
    AuthenticationData answer = verifier.read(json);
    return repository
        .find(database.client(), answer.getCredentialId())
        .map(found -> found.orElseThrow(PasskeyVerifier::invalid))
        .chain(
            passkey ->
                verifier
                    .used(issued.bytes(), passkey, answer)
                    .onFailure(Passkeys::isCopied)
                    .call(() -> noteCopy(passkey))
                    .map(
                        used ->
                            new Proof(issued.id(), passkey, used.signCount(), used.backedUp())));
  }

  private Uni<Void> noteCopy(Passkey passkey) {
    String owner = passkey.account().id().toString();
    return database.inTransaction(
        tx -> audit.append(tx, "passkey.copied", "unknown", owner, passkey.id().toString()));
  }

  private static boolean isCopied(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.PASSKEY_COPIED;
  }

  private static boolean isWrong(Throwable failure) {
    return isCopied(failure)
        || (failure instanceof ServiceException refusal
            && refusal.reason() == IdentityReason.INVALID_PASSKEY);
  }

  private static Challenge challenge(Issued issued, String options) {
    return new Challenge(issued.id(), options, issued.expireTime());
  }
}
