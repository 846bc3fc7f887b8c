package io.liangjiang.tourism.personal;

import io.liangjiang.platform.personal.PersonalDataBlocker;
import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.liangjiang.platform.personal.PersonalDataKind;
import io.liangjiang.tourism.secret.Vault;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Trips stay as the sales that they are; their holders and the codes of their tickets go. */
@ApplicationScoped
public class TourismPersonalData implements PersonalDataCatalogue {
  private static final int SALES_DAYS = 1_096;
  private static final String SALES =
      "E-Commerce Law art. 31: records of sales, 3 years; under the id, without the holders";
  private static final String SEALED = "sealedHolder";

  private final Vault vault;

  TourismPersonalData(Vault vault) {
    this.vault = vault;
  }

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(trips(), holders(), tickets());
  }

  @Override
  public List<PersonalDataBlocker> blockers() {
    return List.of(
        new PersonalDataBlocker(
            "TRIP_OPEN",
            """
            select count(*) from trip where citizen_id = $1::uuid
              and state in ('PENDING_ORDER', 'AWAITING_PAYMENT', 'REFUNDING')
              and $2::timestamptz is not null
            """),
        new PersonalDataBlocker(
            "TICKET_UNUSED",
            """
            select count(*) from ticket t
            join trip_item i on i.trip_id = t.trip_id and i.position = t.position
            join time_slot s on s.time_slot_id = i.time_slot_id
            where t.citizen_id = $1::uuid and t.state = 'ISSUED' and s.entry_close_time > $2
            """));
  }

  private static PersonalDataKind trips() {
    return PersonalDataKind.of(
            "trip",
            "trip",
            """
            select trip_id::text as item_key, to_jsonb(t) as item
            from trip t where citizen_id = $1::uuid
            """)
        .heldFor(SALES_DAYS, SALES);
  }

  private PersonalDataKind holders() {
    return PersonalDataKind.of(
            "ticket-holder",
            "trip_item",
            """
            select i.trip_id || '/' || i.position as item_key,
              jsonb_build_object('tripId', i.trip_id, 'position', i.position,
                'timeSlotId', i.time_slot_id, 'riderCategory', i.rider_category,
                'amountMinor', i.amount_minor, 'keyId', i.key_id,
                'sealedHolder', encode(i.sealed_holder, 'hex')) as item
            from trip_item i join trip t on t.trip_id = i.trip_id
            where t.citizen_id = $1::uuid
            """)
        .readBy(this::opened)
        .erasedBy(
            """
            update trip_item i set masked_name = '', sealed_holder = '', dependant_id = null,
              document_hash = sha256(gen_random_uuid()::text::bytea)
            from trip t where t.trip_id = i.trip_id and t.citizen_id = $1::uuid
            """)
        .heldFor(SALES_DAYS, SALES);
  }

  private static PersonalDataKind tickets() {
    return PersonalDataKind.of(
            "ticket",
            "ticket",
            """
            select ticket_id::text as item_key, to_jsonb(t) as item
            from ticket t where citizen_id = $1::uuid
            """)
        .alsoIn("check_in")
        .erasedBy("update ticket set code = '' where citizen_id = $1::uuid")
        .heldFor(SALES_DAYS, SALES);
  }

  private String opened(String item) {
    var json = new JsonObject(item);
    String keyId = String.valueOf(json.remove("keyId"));
    byte[] sealed = HexFormat.of().parseHex(String.valueOf(json.remove(SEALED)));
    if (sealed.length > 0) {
      String place = "trip_item/" + json.getString("tripId") + "/" + json.getInteger("position");
      String[] holder =
          new String(vault.open(sealed, keyId, place), StandardCharsets.UTF_8).split("\n", 2);
      json.put("name", holder[0]).put("document", holder[holder.length - 1]);
    }
    return json.encode();
  }
}
