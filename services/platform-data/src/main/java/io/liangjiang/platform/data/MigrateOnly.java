package io.liangjiang.platform.data;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where {@code liangjiang.migrate-only} is true, a process ends with 0 once its database is
 * migrated, before anything begins its work. Quarkus's own {@code init-and-exit} ends it somewhere
 * after the migration, in some services only when all of them have begun, and takes five seconds.
 */
@ApplicationScoped
public class MigrateOnly {
  private static final int BEFORE_ALL = 0;

  private final boolean wanted;

  MigrateOnly(
      @ConfigProperty(name = "liangjiang.migrate-only", defaultValue = "false") boolean wanted) {
    this.wanted = wanted;
  }

  /**
   * Flyway has migrated before any start is announced, or has failed and ended the process. The
   * exception stops the start and no more: a process that nobody asked to end would wait for ever.
   */
  void end(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
    if (wanted) {
      Quarkus.asyncExit(0);
      throw new PreventFurtherStepsException("the database is migrated", 0);
    }
  }
}
