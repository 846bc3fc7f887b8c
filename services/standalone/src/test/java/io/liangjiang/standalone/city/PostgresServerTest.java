package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresServerTest {
  @TempDir Path directory;

  @Test
  void keepsWhatItConfirmedAndServesEachServiceItsOwn() throws SQLException {
    CityOptions options = CityOptions.kept(checkout()).withData(directory).withPorts(Ports.free());
    List<String> databases = List.of("identity", "payments");
    try (PostgresServer first = PostgresServer.start(options, databases)) {
      assertThat(first).isNotNull();
      assertThat(ask(options, "identity", "show fsync")).isEqualTo("on");
      assertThat(ask(options, "identity", "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(options, "identity", "show full_page_writes")).isEqualTo("on");
      assertThat(
              ask(
                  options,
                  "identity",
                  "select datcollate from pg_database where datname = 'identity'"))
          .isEqualTo("C.UTF-8");
      assertThat(
              ask(
                  options,
                  "payments",
                  "create table kept as select 'here' as word; select word from kept"))
          .isEqualTo("here");
      assertThatThrownBy(() -> connect(options, "identity", "payments"))
          .hasMessageContaining("permission denied for database");
    }
    try (PostgresServer second = PostgresServer.start(options, databases)) {
      assertThat(second).isNotNull();
      assertThat(ask(options, "payments", "select word from kept")).isEqualTo("here");
    }
  }

  private static Path checkout() {
    return Path.of(System.getProperty("liangjiang.checkout", "../..")).toAbsolutePath().normalize();
  }

  private static String ask(CityOptions options, String service, String sql) throws SQLException {
    try (Connection connection = connect(options, service, service);
        Statement statement = connection.createStatement()) {
      boolean isRows = statement.execute(sql);
      while (!isRows) {
        isRows = statement.getMoreResults();
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static Connection connect(CityOptions options, String role, String database)
      throws SQLException {
    String url = "jdbc:postgresql://localhost:" + options.ports().postgres() + "/" + database;
    return DriverManager.getConnection(url, role, role);
  }
}
