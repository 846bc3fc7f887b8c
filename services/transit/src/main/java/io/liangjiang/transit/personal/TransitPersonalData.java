package io.liangjiang.transit.personal;

import io.liangjiang.platform.personal.PersonalDataBlocker;
import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.liangjiang.platform.personal.PersonalDataKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Rides stay as the sales that they are; the code goes. */
@ApplicationScoped
public class TransitPersonalData implements PersonalDataCatalogue {
  private static final int SALES_DAYS = 1_096;
  private static final String SALES =
      "E-Commerce Law art. 31: records of sales, 3 years; under the id, without the person";

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(
        PersonalDataKind.of(
                "city-code",
                "live_code",
                """
                select citizen_id::text as item_key,
                  jsonb_build_object('expireTime', expire_time) as item
                from live_code where citizen_id = $1::uuid
                """)
            .erasedBy("delete from live_code where citizen_id = $1::uuid"),
        PersonalDataKind.of(
                "code-revocation",
                "code_revocation",
                """
                select revocation_id::text as item_key, to_jsonb(c) as item
                from code_revocation c where citizen_id = $1::uuid
                """)
            .heldFor(SALES_DAYS, "Late taps are judged by it; ids only, deleted with its taps"),
        PersonalDataKind.of(
                "ride",
                "ride",
                """
                select ride_id::text as item_key, to_jsonb(r) as item
                from ride r where citizen_id = $1::uuid
                """)
            .alsoIn("tap")
            .heldFor(SALES_DAYS, SALES));
  }

  @Override
  public List<PersonalDataBlocker> blockers() {
    return List.of(
        new PersonalDataBlocker(
            "RIDE_UNPAID",
            """
            select count(*) from ride where citizen_id = $1::uuid
              and state in ('ACCEPTED', 'PAY_FAIL') and $2::timestamptz is not null
            """));
  }
}
