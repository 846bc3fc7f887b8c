package io.liangjiang.identity.masterkey;

import io.liangjiang.identity.masterkey.SealedTable.Column;
import io.liangjiang.identity.masterkey.SealedTable.Id;
import java.util.List;

/** All tables with sealed columns; a test holds the list against the database. */
final class SealedTables {
  static final List<SealedTable> ALL =
      List.of(
          new SealedTable(
              "derivation_secret",
              List.of(Id.number("derivation_secret_id")),
              List.of(new Column("secret_sealed", "derivation_secret.secret/"))),
          new SealedTable(
              "signing_key",
              List.of(Id.text("signing_key_id")),
              List.of(new Column("private_key_sealed", "signing_key.private_key/"))),
          new SealedTable(
              "citizen_phone",
              List.of(Id.uuid("citizen_id")),
              List.of(new Column("phone_sealed", "citizen_phone.phone/"))),
          new SealedTable(
              "real_name",
              List.of(Id.uuid("citizen_id")),
              List.of(
                  new Column("id_number_sealed", "real_name.id_number/"),
                  new Column("name_sealed", "real_name.name/"))),
          new SealedTable(
              "dependant",
              List.of(Id.uuid("dependant_id")),
              List.of(
                  new Column("name_sealed", "dependant.name/"),
                  new Column("birth_date_sealed", "dependant.birth_date/"))),
          new SealedTable(
              "data_export_part",
              List.of(Id.uuid("export_id"), Id.number("position")),
              List.of(new Column("items_sealed", "data_export_part.items/"))));

  private SealedTables() {}
}
