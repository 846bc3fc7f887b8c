package io.liangjiang.identity.crypto;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.sql.Rows;
import io.liangjiang.platform.data.StartWait;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

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
      values (1, $1, $2) on conflict do nothing
      """;
  private static final String IS_BEGUN =
      "select exists (select from citizen) or exists (select from session)";
  private static final String IS_UNDER_ANOTHER =
      "select exists (select from signing_key where master_key_id <> $1)";

  private final Vault vault;
  private final Pool database;
  private final IdentitySettings settings;
  private final DevelopmentCity development;

  DerivationSecret(
      Vault vault, Pool database, IdentitySettings settings, DevelopmentCity development) {
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
    Optional<Sealed> known = find();
    if (known.isEmpty()) {
      Sealed made = vault.seal(first(), PLACE);
      ask(INSERT, Tuple.of(Columns.buffer(made.bytes()), made.keyId()));
      known = find(); // another replica's, when it was faster
    }
    vault.hashWith(vault.open(known.orElseThrow(), PLACE));
  }

  /**
   * Random bytes; in a city that was begun before this table, the master key, which hashes were
   * derived from then.
   */
  private byte[] first() {
    if (!isTrue(IS_BEGUN, Tuple.tuple())) {
      byte[] secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      return secret;
    }
    if (isTrue(IS_UNDER_ANOTHER, Tuple.of(vault.keyId()))) {
      throw new IllegalStateException(
          "start this version once with the master key as it was, and change it then");
    }
    return Base64.getDecoder().decode(Vault.secret(settings, development));
  }

  private Optional<Sealed> find() {
    return Rows.first(ask(FIND, Tuple.tuple()), DerivationSecret::sealed);
  }

  private static Sealed sealed(Row row) {
    return new Sealed(row.getString("master_key_id"), Columns.bytes(row, "secret_sealed"));
  }

  private boolean isTrue(String question, Tuple parameters) {
    return ask(question, parameters).iterator().next().getBoolean(0);
  }

  private RowSet<Row> ask(String statement, Tuple parameters) {
    return StartWait.on(
        database
            .preparedQuery(statement)
            .execute(parameters)
            .onFailure()
            .transform(
                fault ->
                    new IllegalStateException(
                        "the secret that hashes are derived from was not read", fault)));
  }
}
