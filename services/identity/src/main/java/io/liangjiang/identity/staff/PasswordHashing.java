package io.liangjiang.identity.staff;

import io.liangjiang.identity.work.CallerContext;
import io.liangjiang.identity.work.Workers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The threads that hash passwords. Few may wait: who does not get a turn in a second or two is told
 * to come back.
 */
@ApplicationScoped
class PasswordHashing {
  private static final int MAX_QUEUED = 64;
  private static final String NOBODYS_PASSWORD = "nobody has this password";

  private final Workers workers =
      new Workers("hashing", Runtime.getRuntime().availableProcessors(), MAX_QUEUED);
  private final Uni<String> nobody =
      workers.run(() -> PasswordHash.create(NOBODYS_PASSWORD)).memoize().indefinitely();

  /** A new hash. Errors: OVERLOADED. */
  Uni<String> create(String password) {
    return workers.run(() -> PasswordHash.create(password));
  }

  /** Whether the password fits. Errors: OVERLOADED. */
  Uni<Boolean> matches(String phc, String password) {
    return workers.run(() -> PasswordHash.matches(phc, password));
  }

  /**
   * Takes as long as {@link #matches} and is false: for names that nobody has. Errors: OVERLOADED.
   */
  Uni<Boolean> matchesNobody(String password) {
    return CallerContext.deliver(nobody).chain(phc -> matches(phc, password)).replaceWith(false);
  }

  @PreDestroy
  void close() {
    workers.close();
  }
}
