package io.liangjiang.tourism.purchase;

import io.liangjiang.platform.citizenid.CitizenIdNumber;
import java.util.UUID;

/** One ticket as a citizen asks for it. */
record Wanted(UUID timeSlotId, String riderCategory, Holder holder) {

  /** Who enters, as the citizen says. */
  sealed interface Holder {}

  /** Somebody with an identity document. */
  record Document(String name, CitizenIdNumber number) implements Holder {}

  /** A dependant of the citizen, known to identity. */
  record Dependant(UUID dependantId) implements Holder {}
}
