package io.liangjiang.payments.payout;

import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production asks a real bank, over TLS, with a key of its own. */
@ApplicationScoped
class BankCheck implements ProductionCheck {
  private static final int MIN_KEY_LENGTH = 32;

  private final BankSettings settings;

  BankCheck(BankSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (settings.baseUrl().isEmpty()) {
      return problems;
    }
    if (!settings.baseUrl().get().startsWith("https://")) {
      problems.add("liangjiang.payout.bank.base-url must begin with https://");
    }
    if (settings.key().equals(BankSettings.DEVELOPMENT_KEY)
        || settings.key().length() < MIN_KEY_LENGTH) {
      problems.add("set liangjiang.payout.bank.key to the city's own, 32 characters or more");
    }
    return problems;
  }
}
