package io.liangjiang.platform.caller;

import io.liangjiang.platform.startup.ProductionCheck;
import io.liangjiang.platform.tls.MutualTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whoever can answer for the issuer can make any token: a city with certificates asks for one. */
@ApplicationScoped
class KeysCheck implements ProductionCheck {
  private final TokenSettings settings;
  private final MutualTls tls;

  KeysCheck(TokenSettings settings, MutualTls tls) {
    this.settings = settings;
    this.tls = tls;
  }

  @Override
  public List<String> problems() {
    boolean isSafe =
        !tls.isOn() || settings.jwks().isPresent() || settings.jwksUrl().startsWith("https://");
    return isSafe
        ? List.of()
        : List.of("liangjiang.tokens.jwks-url must begin with https:// where liangjiang.tls is on");
  }
}
