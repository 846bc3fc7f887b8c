package io.liangjiang.gateway.edge;

import io.liangjiang.platform.startup.ProductionCheck;
import io.liangjiang.platform.tls.MutualTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Codes, tokens and clients' secrets pass to identity: a city with certificates asks for one. */
@ApplicationScoped
class PassageCheck implements ProductionCheck {
  private final PassageSettings settings;
  private final MutualTls tls;

  PassageCheck(PassageSettings settings, MutualTls tls) {
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public List<String> problems() {
    return !tls.isOn() || settings.identityUrl().startsWith("https://")
        ? List.of()
        : List.of(
            "liangjiang.gateway.passage.identity-url must begin with https:// where liangjiang.tls"
                + " is on");
  }
}
