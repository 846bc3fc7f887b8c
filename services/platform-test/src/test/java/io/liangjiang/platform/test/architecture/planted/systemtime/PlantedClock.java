package io.liangjiang.platform.test.architecture.planted.systemtime;

import java.time.Instant;

final class PlantedClock {
  Instant read() {
    return Instant.now();
  }
}
