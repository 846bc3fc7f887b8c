package io.liangjiang.identity.profile;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production asks a real bureau, over TLS, with a key of its own. */
@ApplicationScoped
public class BureauCheck implements ProductionCheck {
  private final IdentitySettings settings;

  BureauCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    var bureau = settings.realNameBureau();
    List<String> problems = new ArrayList<>();
    if (bureau.baseUrl().filter(url -> url.startsWith("https://")).isEmpty()) {
      problems.add("liangjiang.identity.real-name-bureau.base-url must begin with https://");
    }
    if (bureau.apiKey().filter(key -> !key.equals(DevelopmentCity.BUREAU_API_KEY)).isEmpty()) {
      problems.add("set liangjiang.identity.real-name-bureau.api-key to the city's own");
    }
    return problems;
  }
}
