package io.liangjiang.standalone.journey;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Slots and trips as the journeys need them. */
final class Park {
  static final String SITE = "wulong-three-natural-bridges";
  static final String PRODUCT = SITE + "-two-day";
  static final ZoneId TIME_ZONE = ZoneId.of("Asia/Shanghai");
  static final long ADULT_FEN = 12_500;
  static final long CHILD_FEN = 6_250;

  private Park() {}

  static LocalDate today() {
    return LocalDate.now(TIME_ZONE);
  }

  /** The two-day slot that started today: its gate is open at any hour. */
  static String slot(Caller caller) {
    return slot(caller, PRODUCT, today(), 0);
  }

  static String slot(Caller caller, String productId, LocalDate date, int position) {
    return caller.ask(
        "/v1/products/" + productId + "/timeSlots?date=" + date,
        "timeSlots[" + position + "].timeSlotId");
  }

  static int remaining(Caller caller, String productId, LocalDate date, int position) {
    return caller.ask(
        "/v1/products/" + productId + "/timeSlots?date=" + date,
        "timeSlots[" + position + "].remaining");
  }

  static Map<String, Object> item(String slotId, String category, Map<String, String> holder) {
    return Map.of("timeSlotId", slotId, "riderCategory", category, "holder", holder);
  }

  static Map<String, Object> tripFor(String slotId, Citizen adult) {
    return Map.of("items", List.of(item(slotId, "ADULT", adult.holder())));
  }
}
