package io.liangjiang.platform.personal;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the platform's own tables keep of citizens, in every service. */
@ApplicationScoped
public class PlatformCatalogue implements PersonalDataCatalogue {
  private static final int LOG_DAYS = 183;

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(
        PersonalDataKind.of(
                "request",
                "idempotency_record",
                """
                select caller || '/' || request_id as item_key,
                  jsonb_build_object('requestId', request_id, 'requestType', request_type,
                    'createTime', create_time) as item
                from idempotency_record where split_part(caller, '/', 1) = $1::uuid::text
                """)
            .erasedBy(
                """
                delete from idempotency_record where caller = $1::uuid::text
                  or caller like $1::uuid::text || '/%' or caller like '%/' || $1::uuid::text
                """),
        PersonalDataKind.of(
                "access-record",
                "access_record",
                """
                select access_record_id::text as item_key, to_jsonb(a) as item
                from access_record a where citizen_id = $1::uuid
                """)
            .heldFor(LOG_DAYS, "Cybersecurity Law art. 21: logs; ids only"));
  }
}
