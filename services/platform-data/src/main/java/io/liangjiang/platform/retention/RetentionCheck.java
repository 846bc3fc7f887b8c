package io.liangjiang.platform.retention;

import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is deleted within a day is missed by a client or a consumer that was away for a night. */
@ApplicationScoped
public class RetentionCheck implements ProductionCheck {
  static final Duration LEAST = Duration.ofDays(1);

  private final RetentionSettings settings;

  RetentionCheck(RetentionSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (settings.events().compareTo(LEAST) < 0) {
      problems.add("liangjiang.retention.events must be a day or more");
    }
    if (settings.requests().compareTo(LEAST) < 0) {
      problems.add("liangjiang.retention.requests must be a day or more");
    }
    return problems;
  }
}
