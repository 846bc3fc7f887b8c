package io.liangjiang.identity.profile;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.CitizenRepository;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CitizenVerified;
import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Proves who a citizen is, and tells the little of it that others may know. */
@ApplicationScoped
public class RealNames {
  static final AttemptLimit BY_CITIZEN = new AttemptLimit("real-name", 5, Duration.ofHours(24));

  static final AttemptLimit WRONG_BY_CITIZEN =
      new AttemptLimit("real-name-wrong", 5, Duration.ofHours(24));

  /** Name and birth date of a citizen who proved them. */
  public record Person(String name, LocalDate birthDate) {}

  private final RealNameRepository repository;
  private final CitizenRepository citizens;
  private final RealNameBureau bureau;
  private final AttemptLimits limits;
  private final Vault vault;
  private final Outbox outbox;
  private final Database database;
  private final InstantSource clock;

  RealNames(
      RealNameRepository repository,
      CitizenRepository citizens,
      RealNameBureau bureau,
      AttemptLimits limits,
      Vault vault,
      Outbox outbox,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.citizens = citizens;
    this.bureau = bureau;
    this.limits = limits;
    this.vault = vault;
    this.outbox = outbox;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Verifies, once; the same again is answered without the bureau. Errors: as the contract says.
   */
  Uni<Citizen> verify(UUID citizenId, String name, CitizenIdNumber number) {
    RealName claimed = seal(citizenId, name, number);
    return citizens
        .require(database.client(), citizenId)
        .chain(() -> repository.find(database.client(), citizenId))
        .chain(
            known ->
                known.isPresent()
                    ? provedAgain(citizenId, known.get(), claimed, name)
                    : first(citizenId, claimed, name, number));
  }

  /** What the citizen proved; nothing before. */
  public Uni<Optional<Person>> find(UUID citizenId) {
    return repository
        .find(database.client(), citizenId)
        .map(
            found ->
                found.map(
                    kept ->
                        new Person(
                            vault.openText(kept.name(), namePlace(citizenId)),
                            birthDate(vault.openText(kept.idNumber(), numberPlace(citizenId))))));
  }

  /** What the citizen proved, as who compares it with the register needs it. */
  public record Document(String name, CitizenIdNumber number) {
    @Override
    public String toString() {
      return "Document[]";
    }
  }

  /** Name and number of the citizen; for who compares faces only. */
  public Uni<Optional<Document>> document(UUID citizenId) {
    return repository
        .find(database.client(), citizenId)
        .map(found -> found.flatMap(kept -> document(citizenId, kept)));
  }

  private Optional<Document> document(UUID citizenId, RealName kept) {
    return CitizenIdNumber.parse(vault.openText(kept.idNumber(), numberPlace(citizenId)))
        .map(number -> new Document(vault.openText(kept.name(), namePlace(citizenId)), number));
  }

  /** The number that the citizen proved; for the bureau only. */
  Uni<Optional<CitizenIdNumber>> number(UUID citizenId) {
    return repository
        .find(database.client(), citizenId)
        .map(
            found ->
                found.flatMap(
                    kept ->
                        CitizenIdNumber.parse(
                            vault.openText(kept.idNumber(), numberPlace(citizenId)))));
  }

  private static LocalDate birthDate(String number) {
    return CitizenIdNumber.parse(number)
        .map(CitizenIdNumber::birthDate)
        .orElseThrow(() -> new IllegalStateException("a stored number is not well-formed"));
  }

  /** Raises a session that is worth less than the account, so guesses are counted. */
  private Uni<Citizen> provedAgain(UUID citizenId, RealName known, RealName claimed, String name) {
    return limits
        .acquire(WRONG_BY_CITIZEN, citizenId.toString())
        .chain(() -> again(citizenId, known, claimed, name))
        .call(() -> limits.giveBack(WRONG_BY_CITIZEN, citizenId.toString()));
  }

  private Uni<Citizen> first(
      UUID citizenId, RealName claimed, String name, CitizenIdNumber number) {
    return limits
        .acquire(BY_CITIZEN, citizenId.toString())
        .chain(() -> bureau.verify(name, number))
        .invoke(RealNames::requireMatch)
        .chain(() -> database.inTransaction(tx -> keep(tx, citizenId, claimed, name)));
  }

  private Uni<Citizen> keep(SqlConnection tx, UUID citizenId, RealName claimed, String name) {
    return repository
        .insert(tx, citizenId, claimed, Columns.now(clock))
        .chain(
            kept ->
                kept
                    ? raise(tx, citizenId, name)
                    : repository
                        .find(tx, citizenId)
                        .chain(known -> taken(citizenId, known, claimed, name)));
  }

  private Uni<Citizen> raise(SqlConnection tx, UUID citizenId, String name) {
    var event =
        CitizenVerified.newBuilder()
            .setCitizenId(citizenId.toString())
            .setAssuranceLevel(AssuranceLevel.REAL_NAME)
            .build();
    return citizens
        .setName(tx, citizenId, masked(name), AssuranceLevel.REAL_NAME)
        .call(() -> outbox.append(tx, "identity.CitizenVerified", citizenId.toString(), event));
  }

  private Uni<Citizen> taken(
      UUID citizenId, Optional<RealName> own, RealName claimed, String name) {
    if (own.isPresent()) { // a copy of this request was quicker
      return again(citizenId, own.get(), claimed, name);
    }
    throw new ServiceException(
        IdentityReason.ID_NUMBER_TAKEN, "another account has proved this number");
  }

  private Uni<Citizen> again(UUID citizenId, RealName known, RealName claimed, String name) {
    boolean same =
        MessageDigest.isEqual(known.idNumberHash(), claimed.idNumberHash())
            && vault.openText(known.name(), namePlace(citizenId)).equals(name);
    if (!same) {
      throw new ServiceException(
          IdentityReason.ALREADY_VERIFIED, "the caller has proved another name or number");
    }
    return citizens.require(database.client(), citizenId);
  }

  private RealName seal(UUID citizenId, String name, CitizenIdNumber number) {
    return new RealName(
        vault.hash(Vault.Purpose.ID_NUMBER, number.clearText()),
        vault.seal(number.clearText(), numberPlace(citizenId)),
        vault.seal(name, namePlace(citizenId)));
  }

  private static void requireMatch(RealNameBureau.Result result) {
    switch (result) {
      case MATCH -> {}
      case MISMATCH ->
          throw new ServiceException(
              IdentityReason.REAL_NAME_MISMATCH, "the bureau knows the number under another name");
      case UNKNOWN ->
          throw new ServiceException(
              IdentityReason.REAL_NAME_UNKNOWN, "the bureau does not know the number");
    }
  }

  /** All but the first character masked. */
  static String masked(String name) {
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first) + "*".repeat(name.codePointCount(first, name.length()));
  }

  private static String numberPlace(UUID citizenId) {
    return "real_name.id_number/" + citizenId;
  }

  private static String namePlace(UUID citizenId) {
    return "real_name.name/" + citizenId;
  }
}
