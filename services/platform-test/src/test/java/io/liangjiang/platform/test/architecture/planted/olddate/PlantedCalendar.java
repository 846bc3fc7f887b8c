package io.liangjiang.platform.test.architecture.planted.olddate;

import java.time.Instant;
import java.util.Date;

final class PlantedCalendar {
  Date read(Instant instant) {
    return Date.from(instant);
  }
}
