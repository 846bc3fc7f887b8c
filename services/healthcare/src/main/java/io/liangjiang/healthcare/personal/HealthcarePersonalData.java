package io.liangjiang.healthcare.personal;

import io.liangjiang.platform.personal.PersonalDataBlocker;
import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.liangjiang.platform.personal.PersonalDataKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Visits stay under the patient's id; the name goes, also where somebody else booked. */
@ApplicationScoped
public class HealthcarePersonalData implements PersonalDataCatalogue {
  private static final int VISIT_DAYS = 5_479;
  private static final String VISITS =
      "Regulations on Medical Records (2013) art. 29: outpatient visits, 15 years; under the id,"
          + " without the name";

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(
        PersonalDataKind.of(
                "appointment",
                "appointment",
                """
                select appointment_id::text as item_key, to_jsonb(a) as item
                from appointment a where citizen_id = $1::uuid
                """)
            .erasedBy(
                """
                update appointment set patient_name = ''
                where (citizen_id = $1::uuid or patient_id = $1::uuid) and patient_name <> ''
                """)
            .heldFor(VISIT_DAYS, VISITS),
        PersonalDataKind.of(
                "hospital-patient",
                "hospital_patient",
                """
                select hospital_id as item_key, to_jsonb(p) as item
                from hospital_patient p where patient_id = $1::uuid
                """)
            .erasedBy("delete from hospital_patient where patient_id = $1::uuid"));
  }

  @Override
  public List<PersonalDataBlocker> blockers() {
    return List.of(
        new PersonalDataBlocker(
            "APPOINTMENT_OPEN",
            """
            select count(*) from appointment where citizen_id = $1::uuid
              and (state in ('PROPOSED', 'BOOKED', 'ARRIVED') or payment_task is not null)
              and $2::timestamptz is not null
            """));
  }
}
