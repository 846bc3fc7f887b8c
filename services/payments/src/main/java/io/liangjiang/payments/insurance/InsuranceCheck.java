package io.liangjiang.payments.insurance;

import io.liangjiang.payments.sealed.SealedCheck;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A city in production asks a real bureau, over TLS, with a key of its own. */
@ApplicationScoped
class InsuranceCheck implements ProductionCheck {
  private final InsuranceSettings settings;

  InsuranceCheck(InsuranceSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    return SealedCheck.problems(
        "liangjiang.insurance",
        settings.baseUrl(),
        settings.key(),
        InsuranceSettings.DEVELOPMENT_KEY);
  }
}
