package io.liangjiang.platform.data;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives the database the schema of this build before anything begins its work. Flyway does that,
 * and is not even loaded where its history says that nothing is left to do: with JDBC and what both
 * need it is a tenth of a process's classes, and most starts find nothing.
 *
 * <p>Where {@code liangjiang.migrate-only} is true, the process then ends with 0. Quarkus's own
 * {@code init-and-exit} ends it somewhere after the migration, in some services only when all of
 * them have begun, and takes five seconds.
 */
@ApplicationScoped
public class SchemaMigration {
  private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

  /** Quarkus's own observers begin at 0. */
  private static final int BEFORE_ALL = -1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Pool pool;
  private final SchemaHistory history;
  private final FlywayRun flyway;
  private final boolean migrateOnly;

  SchemaMigration(
      Pool pool,
      SchemaHistory history,
      FlywayRun flyway,
      @ConfigProperty(name = "liangjiang.migrate-only", defaultValue = "false")
          boolean migrateOnly) {
    this.pool = pool;
    this.history = history;
    this.flyway = flyway;
    this.migrateOnly = migrateOnly;
  }

  /** Fails, and the process with it, when the database cannot be brought to this build's schema. */
  void start(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
    if (isDone()) {
      LOG.info("the database has the schema of this version");
    } else {
      flyway.migrate();
    }
    if (migrateOnly) {
      // As the cause of another: by itself it stops the start, and the process waits for ever.
      throw new IllegalStateException(
          new PreventFurtherStepsException("the database is migrated", 0));
    }
  }

  /** What cannot be found out in time is Flyway's, which knows how to wait and what to say. */
  private boolean isDone() {
    return StartWait.on(
        history
            .isOfThisBuild(pool)
            .ifNoItem()
            .after(PATIENCE)
            .fail()
            .onFailure()
            .invoke(fault -> LOG.debugf(fault, "no history of the schema was read"))
            .onFailure()
            .recoverWithItem(false));
  }
}
