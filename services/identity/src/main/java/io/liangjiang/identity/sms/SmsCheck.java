package io.liangjiang.identity.sms;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production that sends SMS does so over TLS, with a key of its own. */
@ApplicationScoped
public class SmsCheck implements ProductionCheck {
  private final IdentitySettings settings;

  SmsCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    var sms = settings.sms();
    List<String> problems = new ArrayList<>();
    if (sms.baseUrl().isEmpty()) {
      return problems;
    }
    if (!sms.baseUrl().get().startsWith("https://")) {
      problems.add("liangjiang.identity.sms.base-url must begin with https://");
    }
    if (sms.keyId().isEmpty()) {
      problems.add("set liangjiang.identity.sms.key-id to the name of the provider's key");
    }
    if (sms.key().filter(key -> !key.equals(DevelopmentCity.SMS_KEY)).isEmpty()) {
      problems.add("set liangjiang.identity.sms.key to the city's own");
    }
    return problems;
  }
}
