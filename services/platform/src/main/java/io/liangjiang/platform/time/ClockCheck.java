package io.liangjiang.platform.time;

import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A city in production has the time that everybody has. */
@ApplicationScoped
class ClockCheck implements ProductionCheck {
  private final ClockSettings settings;

  ClockCheck(ClockSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    return settings.offset().isZero()
        ? List.of()
        : List.of("liangjiang.clock.offset is for development: production has the real time");
  }
}
