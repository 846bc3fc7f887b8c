package io.liangjiang.platform.data;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where {@code quarkus.init-and-exit} is set, a process ends with 0 once its database is migrated,
 * before anything begins its work. Quarkus itself ends it somewhere after the migration, in some
 * services only when all of them have begun.
 */
@ApplicationScoped
public class MigrateOnly {
  private static final int BEFORE_ALL = 0;

  private final boolean wanted;

  MigrateOnly(
      @ConfigProperty(name = "quarkus.init-and-exit", defaultValue = "false") boolean wanted) {
    this.wanted = wanted;
  }

  /** Flyway has migrated before any start is announced, or has failed and ended the process. */
  void end(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
    if (wanted) {
      throw new PreventFurtherStepsException("the database is migrated", 0);
    }
  }
}
