package io.liangjiang.payments.insurance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The insurance bureau. */
@ConfigMapping(prefix = "liangjiang.insurance")
interface InsuranceSettings {
  /** A key that everybody knows: for the sandbox only. */
  String DEVELOPMENT_KEY = "sandbox-insurance-key-for-development-only";

  /** Scheme, host and port of the bureau; without it nobody pays with insurance. */
  Optional<String> baseUrl();

  /** What the bureau and the city sign with (HMAC-SHA256). */
  @WithDefault(DEVELOPMENT_KEY)
  String key();

  /** How long to wait for an answer, everything included. */
  @WithDefault("PT8S")
  Duration callTimeout();

  /** Which merchants are hospitals: {@code merchant-id:H and 11 digits}, each. */
  @WithDefault("chongqing-children-hospital:H50010300001,liangjiang-general-hospital:H50011200001")
  List<String> institutions();
}
