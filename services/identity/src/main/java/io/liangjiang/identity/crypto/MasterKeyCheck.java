package io.liangjiang.identity.crypto;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A city in production has a master key that nobody else knows. */
@ApplicationScoped
public class MasterKeyCheck implements ProductionCheck {
  private final IdentitySettings settings;

  MasterKeyCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    var key = settings.masterKey();
    if (key.isEmpty()) {
      return List.of("set liangjiang.identity.master-key to 32 random bytes in Base64");
    }
    return key.get().equals(Vault.DEVELOPMENT_KEY)
        ? List.of("liangjiang.identity.master-key is the development city's")
        : List.of();
  }
}
