package io.liangjiang.bench;

import io.liangjiang.platform.test.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database of the one server that both sides are measured on. */
record Postgres(SharedPostgres.Database database) {
  private static final List<String> FACTS =
      List.of(
          "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers");

  static Postgres create() {
    return new Postgres(SharedPostgres.create());
  }

  /** With which environment a packaged application uses it. */
  Map<String, String> connection() {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        database.reactiveUrl(),
        "QUARKUS_DATASOURCE_JDBC_URL",
        database.jdbcUrl(),
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres",
        "QUARKUS_DATASOURCE_PASSWORD",
        "postgres");
  }

  void execute(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String ask(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Process id of the server. */
  long pid() {
    return Long.parseLong(ask("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
  }

  /** Settings without which no figure of durable writes can be read. */
  Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    FACTS.forEach(name -> facts.put(name, ask("show " + name)));
    return facts;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), "postgres", "postgres");
  }
}
