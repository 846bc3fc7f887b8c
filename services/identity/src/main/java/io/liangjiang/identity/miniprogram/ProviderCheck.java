package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production signs in through a real super-app, over TLS. */
@ApplicationScoped
public class ProviderCheck implements ProductionCheck {
  private final IdentitySettings settings;

  ProviderCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (settings.miniProgram().baseUrl().filter(url -> !url.startsWith("https://")).isPresent()) {
      problems.add("liangjiang.identity.mini-program.base-url must begin with https://");
    }
    settings
        .apps()
        .forEach(
            (id, app) -> {
              if (app.secret().equals(DevelopmentCity.APP_SECRET)) {
                problems.add(
                    "liangjiang.identity.apps." + id + ".secret is the sandbox's, which all know");
              }
            });
    return problems;
  }
}
