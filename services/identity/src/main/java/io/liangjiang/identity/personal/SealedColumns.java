package io.liangjiang.identity.personal;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.crypto.Vault;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Opens sealed columns for the person whom they are about. */
@ApplicationScoped
class SealedColumns {
  private static final String KEY_ID = "masterKeyId";

  private final Vault vault;

  SealedColumns(Vault vault) {
    this.vault = vault;
  }

  /**
   * Makes readable what a query answered in hexadecimal.
   *
   * @param id the member with the id of the row that the columns are bound to
   * @param columns members that are named as their columns are, without "_sealed"
   */
  UnaryOperator<String> opener(String table, String id, String... columns) {
    return item -> {
      var json = new JsonObject(item);
      String keyId = json.getString(KEY_ID);
      for (String column : columns) {
        byte[] bytes = HexFormat.of().parseHex(json.getString(column));
        String place = table + "." + column + "/" + json.getString(id);
        json.put(column, vault.openText(new Sealed(keyId, bytes), place));
      }
      json.remove(KEY_ID);
      return json.encode();
    };
  }
}
