package io.liangjiang.payments.insurance;

import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production asks a real bureau, over TLS, with a key of its own. */
@ApplicationScoped
class InsuranceCheck implements ProductionCheck {
  private static final int MIN_KEY_LENGTH = 32;

  private final InsuranceSettings settings;

  InsuranceCheck(InsuranceSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (settings.baseUrl().isEmpty()) {
      return problems;
    }
    if (!settings.baseUrl().get().startsWith("https://")) {
      problems.add("liangjiang.insurance.base-url must begin with https://");
    }
    if (settings.key().equals(InsuranceSettings.DEVELOPMENT_KEY)
        || settings.key().length() < MIN_KEY_LENGTH) {
      problems.add("set liangjiang.insurance.key to the city's own, 32 characters or more");
    }
    return problems;
  }
}
