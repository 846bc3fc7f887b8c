package io.liangjiang.identity.crypto;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table derivation_secret: 32 bytes, made once, from which keyed hashes, codes, refresh tokens
 * and guests' names of citizens are derived. Only what it is sealed under changes with the master
 * key, so none of them does. It is read before the service answers anybody: a process with the
 * wrong master key does not start, and never makes hashes that find nothing.
 */
@ApplicationScoped
public class DerivationSecret {
  private static final int BYTES = 32;
  private static final String PLACE = "derivation_secret.secret/1";
  private static final String FIND =
      "select secret_sealed, master_key_id from derivation_secret where derivation_secret_id = 1";
  private static final String INSERT =
      """
      insert into derivation_secret (derivation_secret_id, secret_sealed, master_key_id)
      values (1, ?, ?) on conflict do nothing
      """;
  private static final String IS_BEGUN =
      "select exists (select from citizen) or exists (select from session)";
  private static final String IS_UNDER_ANOTHER =
      "select exists (select from signing_key where master_key_id <> ?)";

  private final Vault vault;
  private final DataSource database;
  private final IdentitySettings settings;
  private final DevelopmentCity development;

  DerivationSecret(
      Vault vault, DataSource database, IdentitySettings settings, DevelopmentCity development) {
    this.vault = vault;
    this.database = database;
    this.settings = settings;
    this.development = development;
  }

  void start(@Observes StartupEvent event) {
    load();
  }

  /** Reads it, or makes the city's. Errors: IllegalStateException for the wrong master key. */
  void load() {
    try (Connection connection = database.getConnection()) {
      Optional<Sealed> known = find(connection);
      if (known.isEmpty()) {
        insert(connection, vault.seal(first(connection), PLACE));
        known = find(connection); // another replica's, when it was faster
      }
      vault.hashWith(vault.open(known.orElseThrow(), PLACE));
    } catch (SQLException e) {
      throw new IllegalStateException("the secret that hashes are derived from was not read", e);
    }
  }

  /**
   * Random bytes; in a city that was begun before this table, the master key, which hashes were
   * derived from then.
   */
  private byte[] first(Connection connection) throws SQLException {
    if (!isTrue(connection, IS_BEGUN)) {
      byte[] secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      return secret;
    }
    if (isTrue(connection, IS_UNDER_ANOTHER, vault.keyId())) {
      throw new IllegalStateException(
          "start this version once with the master key as it was, and change it then");
    }
    return Base64.getDecoder().decode(Vault.secret(settings, development));
  }

  private static Optional<Sealed> find(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(new Sealed(rows.getString("master_key_id"), rows.getBytes("secret_sealed")))
          : Optional.empty();
    }
  }

  private static void insert(Connection connection, Sealed sealed) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setBytes(1, sealed.bytes());
      statement.setString(2, sealed.keyId());
      statement.executeUpdate();
    }
  }

  private static boolean isTrue(Connection connection, String question, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }
}
