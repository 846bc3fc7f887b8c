package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.slot.Slots;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Opens a hospital of its own for a test, with the rules that the region's children's hospital
 * published.
 */
@ApplicationScoped
public class TestHospitals {
  /** General clinics of a test hospital. */
  public static final int DEPARTMENTS = 5;

  /** Slots of a morning; the last one is kept for the day. */
  public static final int SLOTS = 6;

  private final Database database;
  private final HospitalRepository repository;
  private final HospitalStart start;
  private final Slots slots;

  TestHospitals(
      Database database, HospitalRepository repository, HospitalStart start, Slots slots) {
    this.database = database;
    this.repository = repository;
    this.start = start;
    this.slots = slots;
  }

  /**
   * A hospital with general clinics "{hospital}-1" to "-5", one doctor each, seen every morning
   * from 08:00 in slots of half an hour with one number, and a walk-in clinic "{hospital}-walk-in"
   * without a fee, open day and night.
   *
   * @param feeMinor fee of the general clinics in fen
   * @return the hospital's id
   */
  public Uni<String> open(long feeMinor) {
    String id = "h-" + UUID.randomUUID();
    var departments = new JsonArray();
    for (int n = 1; n <= DEPARTMENTS; n++) {
      departments.add(department(id + "-" + n, "GENERAL", morning(feeMinor)));
    }
    departments.add(department(id + "-walk-in", "WALK_IN", dayAndNight()));
    var file =
        new JsonObject()
            .put("hospitalId", id)
            .put("name", "Hospital " + id)
            .put("address", "")
            .put("timeZone", "Asia/Shanghai")
            .put("rules", rules())
            .put(
                "bookingRules",
                new JsonArray()
                    .add(bookingRule("GENERAL", "07:00", "19:00", false))
                    .add(bookingRule("WALK_IN", "00:00", "00:00", true)))
            .put("departments", departments);
    return load(file).replaceWith(id);
  }

  /** Loads a file as the start does, and makes its slots. */
  public Uni<Integer> load(JsonObject file) {
    return database.inTransaction(tx -> repository.load(tx, file)).chain(slots::make);
  }

  /** Does what the start of the process does; answers with how many slots were made. */
  public Uni<Integer> startAgain() {
    return start.prepare();
  }

  private static JsonObject rules() {
    return new JsonObject()
        .put("maxDepartmentsADay", 3)
        .put("maxAppointmentsADepartment", 1)
        .put("cancelUntilDayBefore", "23:40")
        .put("noShowsForgiven", 3)
        .put("noShowWindowDays", 30)
        .put("noShowBlockDays", 90)
        .put("checkInOpensMinutesBefore", 120);
  }

  private static JsonObject bookingRule(
      String kind, String sameDay, String advance, boolean openUntilEnd) {
    return new JsonObject()
        .put("kind", kind)
        .put("sameDayOpen", sameDay)
        .put("advanceOpen", advance)
        .put("minDaysAhead", 1)
        .put("maxDaysAhead", 7)
        .put("openUntilEnd", openUntilEnd);
  }

  private static JsonObject department(String id, String kind, JsonObject schedule) {
    schedule.put("scheduleId", id + "-s").put("weekdays", JsonArray.of(1, 2, 3, 4, 5, 6, 7));
    var practitioner =
        new JsonObject()
            .put("practitionerId", id + "-p")
            .put("name", "Doctor " + id.substring(0, 8))
            .put("title", "主治医师")
            .put("schedules", JsonArray.of(schedule));
    return new JsonObject()
        .put("departmentId", id)
        .put("name", "Clinic")
        .put("kind", kind)
        .put("practitioners", JsonArray.of(practitioner));
  }

  private static JsonObject morning(long feeMinor) {
    return new JsonObject()
        .put("session", "MORNING")
        .put("startTime", "08:00")
        .put("slotMinutes", 30)
        .put("slotCount", SLOTS)
        .put("capacity", 1)
        .put("keptForDay", 1)
        .put("feeMinor", feeMinor);
  }

  private static JsonObject dayAndNight() {
    return new JsonObject()
        .put("session", "ALL_DAY")
        .put("startTime", "00:00")
        .put("slotMinutes", 360)
        .put("slotCount", 4)
        .put("capacity", 100)
        .put("keptForDay", 0)
        .put("feeMinor", 0);
  }
}
