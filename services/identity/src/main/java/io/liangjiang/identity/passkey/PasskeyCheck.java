package io.liangjiang.identity.passkey;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A city in production uses passkeys on pages of its own domain, over TLS. */
@ApplicationScoped
public class PasskeyCheck implements ProductionCheck {
  private final IdentitySettings settings;

  PasskeyCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    var passkeys = settings.passkeys();
    List<String> problems = new ArrayList<>();
    if (passkeys.rpId().isEmpty()) {
      return problems;
    }
    List<String> origins = passkeys.origins().orElse(List.of());
    if (origins.isEmpty()) {
      problems.add("set liangjiang.identity.passkeys.origins to the pages that use passkeys");
    }
    for (String origin : origins) {
      if (!isOf(origin, passkeys.rpId().get())) {
        problems.add(
            "liangjiang.identity.passkeys.origins: "
                + origin
                + " must begin with https:// and be of the domain "
                + passkeys.rpId().get());
      }
    }
    return problems;
  }

  private static boolean isOf(String origin, String domain) {
    String host = origin.startsWith("https://") ? URI.create(origin).getHost() : null;
    return host != null && (host.equals(domain) || host.endsWith("." + domain));
  }
}
