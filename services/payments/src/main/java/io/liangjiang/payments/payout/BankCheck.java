package io.liangjiang.payments.payout;

import io.liangjiang.payments.sealed.SealedCheck;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A city in production asks a real bank, over TLS, with a key of its own. */
@ApplicationScoped
class BankCheck implements ProductionCheck {
  private final BankSettings settings;

  BankCheck(BankSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    return SealedCheck.problems(
        "liangjiang.payout.bank", settings.baseUrl(), settings.key(), BankSettings.DEVELOPMENT_KEY);
  }
}
