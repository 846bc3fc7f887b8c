package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.LogFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the chart's Jobs do before an upgrade: the process of a service with nothing but its
 * database's account and {@code liangjiang.migrate-only} migrates and ends.
 */
class MigrateOnlyIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Where nothing can be written. */
  private static final String BROKEN = "broken";

  private static final List<Service> KEEPERS = Service.domains();

  private static CityOptions options;
  private static PostgresServer postgres;

  @BeforeAll
  static void start() {
    Path checkout =
        Path.of(System.getProperty("liangjiang.checkout", "../..")).toAbsolutePath().normalize();
    options =
        CityOptions.fleeting(checkout, "migrations")
            .withForm(Form.of(System.getProperty("liangjiang.form", "jvm")));
    List<String> databases = new ArrayList<>(KEEPERS.stream().map(Service::id).toList());
    databases.add(BROKEN);
    postgres = PostgresServer.start(options, databases);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void everyServiceMigratesItsDatabaseAndEnds() throws SQLException {
    Map<Service, ChildProcess> migrations = new LinkedHashMap<>();
    KEEPERS.forEach(service -> migrations.put(service, migrate(service, service.id())));
    for (var migration : migrations.entrySet()) {
      migration.getValue().awaitEnd(PATIENCE);
      assertThat(migration.getValue().exitCode()).as(migration.getValue().obituary()).isZero();
      assertThat(migration.getValue().log().tail(200))
          .noneMatch(line -> line.contains("Listening on") || line.contains("hospitals are"))
          .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
      String database = migration.getKey().id();
      assertThat(number(database, "select count(*) from flyway_schema_history where success"))
          .isPositive();
    }
    // Again, as pods and the next upgrade do: there is nothing to be done, and nobody loads Flyway.
    ChildProcess again = migrate(Service.TRANSIT, Service.TRANSIT.id());
    again.awaitEnd(PATIENCE);
    assertThat(again.exitCode()).as(again.obituary()).isZero();
    assertThat(again.log().tail(200))
        .anyMatch(line -> line.contains("the database has the schema of this version"))
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("flyway"));
  }

  @Test
  void aMigrationThatFailsSaysSoAndChangesNothing() throws SQLException {
    execute(BROKEN, "alter role broken set default_transaction_read_only = on");

    ChildProcess migration = migrate(Service.TRANSIT, BROKEN);
    migration.awaitEnd(PATIENCE);

    assertThat(migration.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", migration.log().tail(200))).contains("read-only transaction");
    assertThat(number(BROKEN, "select count(*) from pg_tables where schemaname = 'public'"))
        .isZero();
  }

  private static ChildProcess migrate(Service service, String database) {
    String address = "postgresql://localhost:" + options.ports().postgres() + "/" + database;
    Map<String, String> variables =
        Map.of(
            "LIANGJIANG_MIGRATE_ONLY",
            "true",
            "QUARKUS_HTTP_HOST_ENABLED",
            "false",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:" + address,
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            address,
            "QUARKUS_DATASOURCE_USERNAME",
            database,
            "QUARKUS_DATASOURCE_PASSWORD",
            database);
    List<String> line = options.form().command(options, service, variables.keySet());
    Path log = options.data().resolve("logs/migrate-" + database + ".log");
    return ChildProcess.start(
        new ChildProcess.Command(database, line, variables, options.data()), LogFile.fresh(log));
  }

  private static long number(String database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private static void execute(String database, String command) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Connection connect(String database) throws SQLException {
    String address = "jdbc:postgresql://localhost:%d/%s?user=%s";
    return DriverManager.getConnection(
        address.formatted(options.ports().postgres(), database, database));
  }
}
