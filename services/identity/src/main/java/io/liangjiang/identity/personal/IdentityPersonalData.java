package io.liangjiang.identity.personal;

import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.liangjiang.platform.personal.PersonalDataKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The person goes; proofs of consent and the log of deeds stay, which hold ids only. */
@ApplicationScoped
public class IdentityPersonalData implements PersonalDataCatalogue {
  private static final int LOG_DAYS = 183;
  private static final int CONSENT_DAYS = 1_096;

  private final SealedColumns sealed;

  IdentityPersonalData(SealedColumns sealed) {
    this.sealed = sealed;
  }

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(
        owned("sign-in-identity", "sign_in_identity", "app_id || '/' || open_id"),
        owned("face-verification", "face_verification", "face_verification_id::text"),
        passkeys(),
        smsCodes(),
        phone(),
        realName(),
        delegations(),
        dependants(),
        sessions(),
        attempts(),
        owned("authorization-request", "authorization_request", "request_code"),
        owned("guest-session", "guest_session", "guest_session_id::text")
            .alsoIn("guest_refresh_token"),
        owned("guest-grant", "guest_grant", "client_id || '/' || scope"),
        owned("export", "data_export", "export_id::text").alsoIn("data_export_part"),
        consents(),
        audit(),
        owned("profile", "citizen", "citizen_id::text"));
  }

  private static PersonalDataKind owned(String name, String table, String key) {
    String query =
        "select %s as item_key, to_jsonb(t) as item from %s t where citizen_id = $1::uuid"
            .formatted(key, table);
    return PersonalDataKind.of(name, table, query)
        .erasedBy("delete from " + table + " where citizen_id = $1::uuid");
  }

  /** Public halves of keys, and challenges that were asked for to add some. */
  private static PersonalDataKind passkeys() {
    return PersonalDataKind.of(
            "passkey",
            "passkey",
            """
            select passkey_id::text as item_key, to_jsonb(p) as item
            from passkey p where account_kind = 'CITIZEN' and account_id = $1::uuid
            """)
        .alsoIn("passkey_challenge")
        .erasedBy(
            "delete from passkey_challenge where account_id = $1::uuid",
            "delete from passkey where account_id = $1::uuid");
  }

  /** A code knows its number by the keyed hash alone, so it goes before the number does. */
  private static PersonalDataKind smsCodes() {
    return PersonalDataKind.of("sms-code", "sms_code", "")
        .erasedBy(
            """
            delete from sms_code where phone_hash in
              (select phone_hash from citizen_phone where citizen_id = $1::uuid)
            """);
  }

  /** Both sides': what the citizen gave, and what was given to the citizen. */
  private static PersonalDataKind delegations() {
    return PersonalDataKind.of(
            "delegation",
            "delegation",
            """
            select delegation_id::text as item_key,
              to_jsonb(d) - '{request_id,request_sha256,code_hash}'::text[] as item
            from delegation d where $1::uuid in (citizen_id, delegate_id)
            """)
        .erasedBy("delete from delegation where $1::uuid in (citizen_id, delegate_id)");
  }

  private PersonalDataKind phone() {
    return PersonalDataKind.of(
            "phone",
            "citizen_phone",
            """
            select citizen_id::text as item_key,
              jsonb_build_object('citizenId', citizen_id, 'masterKeyId', master_key_id, 'updateTime', update_time,
                'phone', encode(phone_sealed, 'hex')) as item
            from citizen_phone where citizen_id = $1::uuid
            """)
        .readBy(sealed.opener("citizen_phone", "citizenId", "phone"))
        .erasedBy("delete from citizen_phone where citizen_id = $1::uuid");
  }

  private PersonalDataKind realName() {
    return PersonalDataKind.of(
            "real-name",
            "real_name",
            """
            select citizen_id::text as item_key,
              jsonb_build_object('citizenId', citizen_id, 'masterKeyId', master_key_id,
                'verifyTime', verify_time, 'name', encode(name_sealed, 'hex'),
                'id_number', encode(id_number_sealed, 'hex')) as item
            from real_name where citizen_id = $1::uuid
            """)
        .readBy(sealed.opener("real_name", "citizenId", "name", "id_number"))
        .erasedBy("delete from real_name where citizen_id = $1::uuid");
  }

  private PersonalDataKind dependants() {
    return PersonalDataKind.of(
            "dependant",
            "dependant",
            """
            select dependant_id::text as item_key,
              jsonb_build_object('dependantId', dependant_id, 'masterKeyId', master_key_id,
                'relation', relation, 'createTime', create_time,
                'name', encode(name_sealed, 'hex'),
                'birth_date', encode(birth_date_sealed, 'hex')) as item
            from dependant where citizen_id = $1::uuid
            """)
        .readBy(sealed.opener("dependant", "dependantId", "name", "birth_date"))
        .erasedBy("delete from dependant where citizen_id = $1::uuid");
  }

  private static PersonalDataKind sessions() {
    return PersonalDataKind.of(
            "session",
            "session",
            """
            select session_id::text as item_key,
              to_jsonb(s) || jsonb_build_object('place', coalesce((
                select place from refresh_token t where t.session_id = s.session_id
                order by generation desc limit 1), '')) as item
            from session s where account_id = $1::uuid
            """)
        .alsoIn("refresh_token")
        .alsoIn("sign_in")
        .erasedBy("delete from session where account_id = $1::uuid");
  }

  private static PersonalDataKind attempts() {
    return PersonalDataKind.of("attempt", "attempt_count", "")
        .erasedBy("delete from attempt_count where limit_key like '%' || $1::uuid::text || '%'");
  }

  private static PersonalDataKind consents() {
    return PersonalDataKind.of(
            "consent",
            "consent_revision",
            """
            select lpad(sequence::text, 20, '0') as item_key,
              to_jsonb(r) - 'predecessor_hash' as item
            from consent_revision r where chain_id = $1::uuid::text
            """)
        .alsoIn("consent_chain")
        .heldFor(
            CONSENT_DAYS,
            "Personal Information Protection Law art. 69, Civil Code art. 188: proof of what was"
                + " agreed to, 3 years; ids only");
  }

  private static PersonalDataKind audit() {
    return PersonalDataKind.of(
            "audit-record",
            "audit_record",
            """
            select audit_record_id::text as item_key, to_jsonb(a) as item
            from audit_record a where subject = $1::uuid::text
            """)
        .heldFor(LOG_DAYS, "Cybersecurity Law art. 21: logs; ids only");
  }
}
