package io.liangjiang.identity.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.SessionService;
import io.quarkus.grpc.GrpcClient;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class DerivationSecretTest {
  private static final String ANY = "11010519491231002X";

  @GrpcClient("self")
  SessionService sessions;

  @Inject Vault vault;
  @Inject Tables tables;
  @Inject Pool database;
  @Inject IdentitySettings settings;
  @Inject DevelopmentCity development;

  private Row kept;

  @BeforeEach
  void keep() {
    kept = tables.rows("select * from derivation_secret").getFirst();
  }

  @AfterEach
  void putBack() {
    tables.rows("delete from derivation_secret");
    tables.rows(
        "insert into derivation_secret values (1, $1, $2)",
        Columns.buffer(Columns.bytes(kept, "secret_sealed")),
        kept.getString("master_key_id"));
  }

  private Vault started(String masterKey, String... others) {
    Vault started = Vaults.of(masterKey, others);
    new DerivationSecret(started, database, settings, development).load();
    return started;
  }

  private static byte[] hash(Vault vault) {
    return vault.hash(Vault.Purpose.ID_NUMBER, ANY);
  }

  /** What this version's predecessors stored. */
  private static byte[] hashUnder(String masterKey) {
    Vault before = Vaults.of(masterKey);
    before.hashWith(Base64.getDecoder().decode(masterKey));
    return hash(before);
  }

  @Test
  void allReplicasDeriveTheSameAndNotFromTheMasterKey() {
    assertThat(hash(started(Vaults.DEVELOPMENT))).isEqualTo(hash(vault));
    assertThat(hash(vault)).isNotEqualTo(hashUnder(Vaults.DEVELOPMENT));
  }

  @Test
  void aProcessWithTheWrongMasterKeyDoesNotStart() {
    assertThatThrownBy(() -> started(Vaults.newKey()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("derivation_secret");
    assertThat(hash(started(Vaults.newKey(), Vaults.DEVELOPMENT))).isEqualTo(hash(vault));
  }

  /** A city that is older than the table keeps its hashes, whatever master key comes later. */
  @Test
  void aCityThatWasBegunGoesOnWithWhatItDerivedFromTheMasterKey() {
    var unused = SignedIn.citizen(sessions);
    tables.rows("delete from derivation_secret");

    assertThat(hash(started(Vaults.DEVELOPMENT))).isEqualTo(hashUnder(Vaults.DEVELOPMENT));
    assertThat(hash(started(Vaults.newKey(), Vaults.DEVELOPMENT)))
        .isEqualTo(hashUnder(Vaults.DEVELOPMENT));
  }

  @Test
  void aCityThatWasBegunDoesNotTakeAnotherMasterKeyForTheOneItDerivedFrom() {
    var unused = SignedIn.citizen(sessions);
    tables.rows("delete from derivation_secret");

    assertThatThrownBy(() -> started(Vaults.newKey(), Vaults.DEVELOPMENT))
        .hasMessageContaining("master key as it was");
    assertThat(tables.count("select count(*) from derivation_secret")).isZero();
  }

  @Test
  void hashesNothingBeforeTheSecretIsRead() {
    assertThatThrownBy(() -> hash(Vaults.of(Vaults.DEVELOPMENT))).hasMessageContaining("starting");
  }
}
