package io.liangjiang.identity.crypto;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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
    List<String> problems = new ArrayList<>();
    if (key.get().equals(Vault.DEVELOPMENT_KEY)) {
      problems.add("liangjiang.identity.master-key is the development city's");
    }
    if (settings.otherMasterKeys().orElse(List.of()).contains(Vault.DEVELOPMENT_KEY)) {
      problems.add("liangjiang.identity.other-master-keys has the development city's");
    }
    return problems;
  }
}
