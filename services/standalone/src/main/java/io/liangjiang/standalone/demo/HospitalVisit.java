package io.liangjiang.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.standalone.phone.Answer;
import java.time.LocalDate;
import java.util.Map;

/** A doctor for the child: a number at the children's hospital, and a walk-in clinic today. */
final class HospitalVisit {
  private static final String CHILDRENS_HOSPITAL = "chongqing-children-hospital";
  private static final String WALK_IN_HOSPITAL = "liangjiang-general-hospital";
  private static final int DAYS_AHEAD = 2;

  private final Story story;
  private final Family family;
  private final Purse purse;
  private final Staff staff;

  HospitalVisit(Story story, Family family, Purse purse, Staff staff) {
    this.story = story;
    this.family = family;
    this.purse = purse;
    this.staff = staff;
  }

  void bookAndCancel() {
    story.chapter("She books a doctor at the children's hospital, and cancels in time");
    long before = purse.balance();
    Answer appointment = book(departmentOf(CHILDRENS_HOSPITAL, "GENERAL"), DAYS_AHEAD);
    String path = "/v1/appointments/" + appointment.text("/appointmentId");
    purse.pay(appointment.text("/paymentOrderId"), "WALLET");
    story.awaited(
        "appointment booked",
        () -> family.phone().get(path),
        answer -> answer.text("/state").equals("BOOKED"));
    story.refused(
        "a check-in two days early",
        staff.device("hospital-desk").post(path + ":checkIn", Map.of()),
        409,
        "CHECK_IN_NOT_OPEN");
    Answer cancelled = story.good("cancel", family.phone().post(path + ":cancel", Map.of()));
    story.holds("cancelled", cancelled.text("/state").equals("CANCELLED"), cancelled);
    story.awaited(
        "the fee comes back",
        () -> family.phone().get("/v1/wallets/me"),
        answer -> answer.number("/balance/amountMinor") == before);
    story.tell("Cancelled before the deadline; the fee came back by itself");
  }

  void walkIn() {
    story.chapter("The child is seen today at a walk-in clinic");
    Answer appointment = book(departmentOf(WALK_IN_HOSPITAL, "WALK_IN"), 0);
    story.holds("booked", appointment.text("/state").equals("BOOKED"), appointment);
    String path = "/v1/appointments/" + appointment.text("/appointmentId");
    Answer arrived = story.good("check-in", family.phone().post(path + ":checkIn", Map.of()));
    story.holds("arrived", arrived.text("/state").equals("ARRIVED"), arrived);
    story.tell("Checked in; number %d in the queue".formatted(arrived.number("/queueNumber")));
  }

  private JsonNode departmentOf(String hospitalId, String kind) {
    Answer hospitals = story.good("hospitals", family.phone().get("/v1/hospitals"));
    for (JsonNode hospital : hospitals.body().path("hospitals")) {
      if (hospital.path("hospitalId").asText().equals(hospitalId)) {
        story.tell(hospital.path("name").asText());
      }
    }
    String path = "/v1/hospitals/" + hospitalId + "/departments";
    Answer departments = story.good("departments", family.phone().get(path));
    for (JsonNode department : departments.body().path("departments")) {
      if (department.path("kind").asText().equals(kind)) {
        return department;
      }
    }
    throw new Disappointment(hospitalId + " has no department of kind " + kind);
  }

  private Answer book(JsonNode department, int daysAhead) {
    LocalDate date = family.today().plusDays(daysAhead);
    String path =
        "/v1/departments/"
            + department.path("departmentId").asText()
            + "/slots?date="
            + date
            + "&pageSize=100";
    Answer slots = story.good("slots", family.phone().get(path));
    for (JsonNode slot : slots.body().path("slots")) {
      if (slot.path("status").asText().equals("FREE")) {
        return book(department, slot);
      }
    }
    throw new Disappointment("No free slot in " + path + ": " + slots.body());
  }

  private Answer book(JsonNode department, JsonNode slot) {
    Map<String, Object> body =
        Map.of("slotId", slot.path("slotId").asText(), "patientId", family.childId());
    Answer appointment = story.good("appointment", family.phone().post("/v1/appointments", body));
    story.tell(
        "%s, %s, from %s, fee %s"
            .formatted(
                department.path("name").asText(),
                slot.path("practitionerName").asText(),
                slot.path("startTime").asText(),
                Story.yuan(slot.path("fee").path("amountMinor").asLong())));
    return appointment;
  }
}
