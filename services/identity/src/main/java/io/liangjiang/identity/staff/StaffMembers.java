package io.liangjiang.identity.staff;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

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
   * taken back when it succeeds. Errors: INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS, OVERLOADED.
   */
  public Uni<StaffMember> authenticate(String username, String password, String address) {
    String name = username.toLowerCase(Locale.ROOT);
    return limits
        .acquire(BY_ADDRESS, address)
        .chain(() -> limits.acquire(BY_ACCOUNT, name))
        .chain(() -> repository.findByUsername(name))
        .chain(found -> check(found, password))
        .call(() -> limits.reset(BY_ACCOUNT, name))
        .call(() -> limits.giveBack(BY_ADDRESS, address));
  }

  /** The member, if they still work here. */
  public Uni<Optional<StaffMember>> find(UUID staffId) {
    return repository.find(staffId);
  }

  private Uni<StaffMember> check(Optional<StaffRepository.WithPassword> found, String password) {
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
              return found.orElseThrow().member();
            });
  }
}
