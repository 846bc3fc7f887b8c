package io.liangjiang.identity.staff;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.staff.StaffRepository.WithPassword;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Checks staff passwords and finds staff. */
@ApplicationScoped
public class StaffMembers {
  /** Failed sign-ins of one name. */
  public static final AttemptLimit BY_ACCOUNT =
      new AttemptLimit("staff-account", 10, Duration.ofMinutes(15));

  /** Failed sign-ins from one address, behind which a whole office may sit. */
  public static final AttemptLimit BY_ADDRESS =
      new AttemptLimit("staff-address", 100, Duration.ofMinutes(15));

  private final StaffRepository repository;
  private final PasswordHashing hashing;
  private final AttemptLimits limits;

  StaffMembers(StaffRepository repository, PasswordHashing hashing, AttemptLimits limits) {
    this.repository = repository;
    this.hashing = hashing;
    this.limits = limits;
  }

  /**
   * The member with this name and password. An attempt is counted before its hash is computed and
   * taken back when it succeeds. Errors: INVALID_CREDENTIALS, STAFF_SUSPENDED,
   * PASSWORD_CHANGE_REQUIRED, TOO_MANY_ATTEMPTS, OVERLOADED.
   */
  public Uni<StaffMember> authenticate(String username, String password, String address) {
    String name = username.toLowerCase(Locale.ROOT);
    return proven(name, address, found -> check(found, password))
        .map(
            staff -> {
              if (staff.mustChangePassword()) {
                throw new ServiceException(
                    IdentityReason.PASSWORD_CHANGE_REQUIRED, "change the password first");
              }
              return staff.member();
            });
  }

  /**
   * The member who wants another password, and whether they have it already because the request
   * came before. Errors: INVALID_CREDENTIALS, STAFF_SUSPENDED, TOO_MANY_ATTEMPTS, OVERLOADED.
   */
  public Uni<Change> authenticateToChange(
      String username, String password, String newPassword, String address) {
    String name = username.toLowerCase(Locale.ROOT);
    AtomicBoolean changed = new AtomicBoolean();
    return proven(
            name,
            address,
            found ->
                check(found, password)
                    .onFailure(StaffMembers::isWrongPassword)
                    .recoverWithUni(
                        () -> check(found, newPassword).invoke(same -> changed.set(true))))
        .map(staff -> new Change(staff.member(), changed.get()));
  }

  /** A member who may change their password. */
  public record Change(StaffMember member, boolean isDone) {}

  /** What is stored of a password. Errors: OVERLOADED. */
  public Uni<String> hash(String password) {
    return hashing.create(password);
  }

  private Uni<WithPassword> proven(
      String name, String address, Function<Optional<WithPassword>, Uni<WithPassword>> check) {
    return limits
        .acquire(BY_ADDRESS, address)
        .chain(() -> limits.acquire(BY_ACCOUNT, name))
        .chain(() -> repository.findByUsername(name))
        .chain(check::apply)
        .call(() -> limits.reset(BY_ACCOUNT, name))
        .call(() -> limits.giveBack(BY_ADDRESS, address))
        .map(StaffMembers::requireActive);
  }

  private static WithPassword requireActive(WithPassword staff) {
    if (staff.suspended()) {
      throw new ServiceException(IdentityReason.STAFF_SUSPENDED, "the account was shut");
    }
    return staff;
  }

  private static boolean isWrongPassword(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.INVALID_CREDENTIALS;
  }

  /** The member, if they still work here. */
  public Uni<Optional<StaffMember>> find(UUID staffId) {
    return repository.find(staffId);
  }

  private Uni<WithPassword> check(Optional<WithPassword> found, String password) {
    return found
        .map(staff -> hashing.matches(staff.passwordHash(), password))
        .orElseGet(() -> hashing.matchesNobody(password))
        .map(
            matches -> {
              if (!matches) {
                throw new ServiceException(
                    IdentityReason.INVALID_CREDENTIALS,
                    "no staff member has this name and password");
              }
              return found.orElseThrow();
            });
  }
}
