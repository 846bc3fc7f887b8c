package io.liangjiang.identity.profile;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/** Proves whose child somebody is; the parent's number leaves the vault for the bureau only. */
@ApplicationScoped
public class Parenthoods {
  private static final AttemptLimit BY_CITIZEN =
      new AttemptLimit("parenthood", 5, Duration.ofHours(24));
  private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

  private final RealNameRepository repository;
  private final RealNames realNames;
  private final RealNameBureau bureau;
  private final AttemptLimits limits;
  private final Vault vault;
  private final Database database;

  Parenthoods(
      RealNameRepository repository,
      RealNames realNames,
      RealNameBureau bureau,
      AttemptLimits limits,
      Vault vault,
      Database database) {
    this.repository = repository;
    this.realNames = realNames;
    this.bureau = bureau;
    this.limits = limits;
    this.vault = vault;
    this.database = database;
  }

  /** Reads a child's number. Errors: INVALID_ID_NUMBER. */
  public static CitizenIdNumber number(String text, Instant now) {
    return IdNumbers.parse(text, LocalDate.ofInstant(now, CITY))
        .orElseThrow(
            () ->
                new ServiceException(
                        IdentityReason.INVALID_ID_NUMBER,
                        "the number is no citizen identification number")
                    .violation("child_id_number", "must follow GB 11643"));
  }

  /**
   * The account of the parent's child. Whether there is one is told to a proved parent only.
   * Errors: PARENTHOOD_NOT_PROVED, CHILD_HAS_NO_ACCOUNT, TOO_MANY_ATTEMPTS,
   * REAL_NAME_BUREAU_UNAVAILABLE.
   */
  public Uni<UUID> childOf(UUID parentId, String childName, CitizenIdNumber childNumber) {
    return limits
        .acquire(BY_CITIZEN, parentId.toString())
        .chain(() -> realNames.number(parentId))
        .map(number -> number.orElseThrow(Parenthoods::notProved))
        .chain(number -> bureau.isParent(number, childName, childNumber))
        .invoke(
            proved -> {
              if (!proved) {
                throw notProved();
              }
            })
        .chain(
            () ->
                repository.findCitizen(
                    database.client(),
                    vault.hash(Vault.Purpose.ID_NUMBER, childNumber.clearText())))
        .map(found -> found.orElseThrow(Parenthoods::noAccount));
  }

  private static ServiceException notProved() {
    return new ServiceException(
        IdentityReason.PARENTHOOD_NOT_PROVED, "the bureau does not know the caller as the parent");
  }

  private static ServiceException noAccount() {
    return new ServiceException(
        IdentityReason.CHILD_HAS_NO_ACCOUNT, "no account has proved the child's number");
  }
}
