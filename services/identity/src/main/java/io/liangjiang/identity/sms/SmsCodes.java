package io.liangjiang.identity.sms;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.Flights;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Codes by SMS. A code is the keyed hash of its request and number, so that a request that comes
 * twice sends the same one; copies that are under way together share one sending. All is limited
 * before it costs anything.
 */
@ApplicationScoped
public class SmsCodes {
  static final Duration LIFE = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(60);
  static final AttemptLimit SENT_TO_ADDRESS =
      new AttemptLimit("sms-address", 30, Duration.ofHours(1));
  static final AttemptLimit SENT_SINCE_PAUSE = new AttemptLimit("sms-pause", 1, PAUSE);
  static final AttemptLimit SENT_TO_NUMBER = new AttemptLimit("sms-number", 10, Duration.ofDays(1));
  static final AttemptLimit WRONG_BY_ADDRESS =
      new AttemptLimit("sms-wrong-address", 100, Duration.ofMinutes(10));
  static final AttemptLimit WRONG_BY_NUMBER =
      new AttemptLimit("sms-wrong-number", 20, Duration.ofDays(1));
  private static final String CITY = "city";
  private static final int CODES = 1_000_000;
  private static final Duration KEPT = Duration.ofDays(1);

  /** What a caller learns of a code: until when it counts, and when another can be had. */
  public record Sent(Instant expireTime, Instant resendTime) {}

  /** A code that was right, not used up yet. */
  public record Proof(UUID codeId, PhoneNumber phone) {}

  private record Flight(UUID requestId, PhoneNumber phone) {}

  private final SmsCodeRepository repository;
  private final SmsSender sender;
  private final AttemptLimits limits;
  private final AttemptLimit sentByCity;
  private final Vault vault;
  private final Database database;
  private final InstantSource clock;
  private final Flights<Flight, Sent> underWay = new Flights<>();

  SmsCodes(
      SmsCodeRepository repository,
      SmsSender sender,
      AttemptLimits limits,
      Vault vault,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.sender = sender;
    this.limits = limits;
    this.sentByCity = new AttemptLimit("sms-city", settings.sms().dailyLimit(), Duration.ofDays(1));
    this.vault = vault;
    this.database = database;
    this.clock = clock;
  }

  /** Sends a code, once a request. Errors: as the contract says. */
  public Uni<Sent> send(UUID requestId, PhoneNumber phone, String address) {
    return underWay.join(new Flight(requestId, phone), () -> sendOnce(requestId, phone, address));
  }

  private Uni<Sent> sendOnce(UUID requestId, PhoneNumber phone, String address) {
    return repository
        .find(database.client(), requestId)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : keep(requestId, phone, address))
        .invoke(code -> requireSame(code, phone))
        .chain(
            code ->
                code.sendTime() != null ? Uni.createFrom().item(sent(code)) : deliver(code, phone));
  }

  /**
   * Looks at a code and counts it when it is wrong; {@link #use} uses a right one up. Errors:
   * INVALID_SMS_CODE, TOO_MANY_ATTEMPTS.
   */
  public Uni<Proof> check(PhoneNumber phone, String code, String address) {
    byte[] phoneHash = vault.hash(Vault.Purpose.PHONE, phone.digits());
    String number = HexFormat.of().formatHex(phoneHash);
    return limits
        .requireOpen(WRONG_BY_ADDRESS, address)
        .chain(() -> limits.requireOpen(WRONG_BY_NUMBER, number))
        .chain(() -> database.inTransaction(tx -> look(tx, phoneHash, code)))
        .chain(
            right ->
                right.isPresent()
                    ? Uni.createFrom().item(new Proof(right.get(), phone))
                    : limits
                        .acquire(WRONG_BY_ADDRESS, address)
                        .chain(() -> limits.acquire(WRONG_BY_NUMBER, number))
                        .chain(() -> Uni.createFrom().failure(invalid())));
  }

  /** Uses a right code up, in the transaction of what it is good for. Errors: INVALID_SMS_CODE. */
  public Uni<Void> use(SqlConnection tx, Proof proof) {
    return repository
        .use(tx, proof.codeId(), Columns.now(clock))
        .invoke(
            used -> {
              if (!used) {
                throw invalid();
              }
            })
        .replaceWithVoid();
  }

  /** What tells one sign-in from another under the same request id. */
  public byte[] credentialHash(PhoneNumber phone, String code) {
    return vault.hash(Vault.Purpose.SMS_CODE, "sign-in/" + phone.digits() + "/" + code);
  }

  /** Deletes codes that nobody can use any more. */
  public Uni<Void> forgetOld() {
    return repository.forget(database.client(), clock.instant().minus(KEPT));
  }

  private Uni<SmsCode> keep(UUID requestId, PhoneNumber phone, String address) {
    byte[] phoneHash = vault.hash(Vault.Purpose.PHONE, phone.digits());
    String number = HexFormat.of().formatHex(phoneHash);
    SmsCode code =
        new SmsCode(
            requestId,
            phoneHash,
            keptHash(requestId, code(requestId, phone)),
            0,
            Columns.now(clock),
            null,
            null);
    return limits
        .acquire(SENT_TO_ADDRESS, address)
        .chain(() -> limits.acquire(SENT_SINCE_PAUSE, number))
        .chain(() -> limits.acquire(SENT_TO_NUMBER, number))
        .chain(() -> limits.acquire(sentByCity, CITY))
        .chain(() -> repository.insert(database.client(), code))
        .chain(() -> repository.find(database.client(), requestId))
        .map(Optional::orElseThrow)
        .onFailure(ServiceException.class)
        .recoverWithUni(refusal -> keptElsewhere(requestId, refusal));
  }

  /** A limit may have been reached by the same request in another process. */
  private Uni<SmsCode> keptElsewhere(UUID requestId, Throwable refusal) {
    return repository
        .find(database.client(), requestId)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : Uni.createFrom().failure(refusal));
  }

  private Uni<Sent> deliver(SmsCode code, PhoneNumber phone) {
    var message =
        new SmsSender.Message(code.requestId(), phone, code(code.requestId(), phone), LIFE);
    return repository
        .claim(database.client(), code.requestId())
        .chain(
            mayTry -> mayTry ? sender.send(message) : Uni.createFrom().<Void>failure(triedEnough()))
        .chain(() -> repository.sent(database.client(), code.requestId(), Columns.now(clock)))
        .replaceWith(sent(code));
  }

  private Uni<Optional<UUID>> look(SqlConnection tx, byte[] phoneHash, String given) {
    return repository
        .lockNewest(tx, phoneHash)
        .chain(
            found -> {
              if (found.isEmpty() || !found.get().isOpen(clock.instant())) {
                return Uni.createFrom().item(Optional.<UUID>empty());
              }
              SmsCode code = found.get();
              byte[] hash = keptHash(code.requestId(), given);
              return MessageDigest.isEqual(hash, code.codeHash())
                  ? Uni.createFrom().item(Optional.of(code.requestId()))
                  : repository.wrong(tx, code.requestId()).replaceWith(Optional.<UUID>empty());
            });
  }

  private void requireSame(SmsCode code, PhoneNumber phone) {
    boolean same =
        MessageDigest.isEqual(code.phoneHash(), vault.hash(Vault.Purpose.PHONE, phone.digits()));
    if (!same) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for another number");
    }
    if (code.sendTime() == null && !clock.instant().isBefore(code.expireTime())) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for a code long ago");
    }
  }

  private String code(UUID requestId, PhoneNumber phone) {
    byte[] hash = vault.hash(Vault.Purpose.SMS_CODE, "sent/" + requestId + "/" + phone.digits());
    return "%06d".formatted(Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), CODES));
  }

  private byte[] keptHash(UUID requestId, String code) {
    return vault.hash(Vault.Purpose.SMS_CODE, "kept/" + requestId + "/" + code);
  }

  private static Sent sent(SmsCode code) {
    return new Sent(code.expireTime(), code.resendTime());
  }

  private static ServiceException invalid() {
    return new ServiceException(
        IdentityReason.INVALID_SMS_CODE, "the code is wrong, expired or used");
  }

  private static ServiceException triedEnough() {
    return new ServiceException(
            IdentityReason.SMS_PROVIDER_UNAVAILABLE, "the SMS could not be sent: ask anew")
        .retryAfter(PAUSE);
  }
}
