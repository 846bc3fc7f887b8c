package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every row of every table of the city's services as bytes, searched for what a person could be
 * known by. The sandbox is the world outside and left out.
 */
final class DatabaseDump {
  private static final List<Service> SERVICES =
      List.of(
          Service.IDENTITY, Service.PAYMENTS, Service.TRANSIT, Service.TOURISM, Service.HEALTHCARE);
  private static final String TABLES =
      """
      select table_name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
      """;

  private final City city;

  DatabaseDump(City city) {
    this.city = city;
  }

  /** Where the text is, as "service.table" with the number of rows. */
  Map<String, Integer> find(String text) {
    var found = new TreeMap<String, Integer>();
    for (Service service : SERVICES) {
      try (var database = open(service)) {
        for (String table : tables(database)) {
          int rows = rows(database, table, forms(text));
          if (rows > 0) {
            found.put(service.id() + "." + table, rows);
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(service + " cannot be searched", e);
      }
    }
    return found;
  }

  /** The first column of the first row that a statement answers. */
  String ask(Service service, String sql, String parameter) {
    try (var database = open(service);
        var statement = prepared(database, sql, parameter);
        var row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(service + " does not answer", e);
    }
  }

  /** Runs a statement. */
  void run(Service service, String sql, String parameter) {
    try (var database = open(service);
        var statement = prepared(database, sql, parameter)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(service + " refuses", e);
    }
  }

  /** As text has it, as bytea prints it, and inside of Base64 wherever it begins. */
  private static List<String> forms(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var forms = new ArrayList<>(List.of(text, HexFormat.of().formatHex(bytes)));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int first = shift == 0 ? 0 : shift + 1;
      int last = encoded.length() - (shifted.length % 3 == 0 ? 0 : 1);
      forms.add(encoded.substring(first, last));
    }
    return forms;
  }

  private static int rows(Connection database, String table, List<String> forms)
      throws SQLException {
    int count = 0;
    try (var statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select t::text from \"" + table + "\" t")) {
      while (rows.next()) {
        String row = rows.getString(1);
        count += forms.stream().anyMatch(row::contains) ? 1 : 0;
      }
    }
    return count;
  }

  private static List<String> tables(Connection database) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = database.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static PreparedStatement prepared(Connection database, String sql, String parameter)
      throws SQLException {
    var statement = database.prepareStatement(sql);
    statement.setString(1, parameter);
    return statement;
  }

  private Connection open(Service service) throws SQLException {
    String url =
        "jdbc:postgresql://localhost:%d/%s"
            .formatted(city.options().ports().postgres(), service.id());
    return DriverManager.getConnection(url, service.id(), service.id());
  }
}
