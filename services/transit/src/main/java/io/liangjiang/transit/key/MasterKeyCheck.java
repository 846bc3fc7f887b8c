package io.liangjiang.transit.key;

import io.liangjiang.platform.startup.ProductionCheck;
import io.liangjiang.transit.TransitSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Keeps a production city from encrypting its signing keys under the key that is in this
 * repository.
 */
@ApplicationScoped
public class MasterKeyCheck implements ProductionCheck {
  static final String DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS10cmFuc2l0LWtleS0zMkI=";

  private final TransitSettings settings;

  MasterKeyCheck(TransitSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    return settings.masterKey().equals(DEVELOPMENT_KEY)
        ? List.of("liangjiang.transit.master-key is the one for development")
        : List.of();
  }
}
