package io.liangjiang.payments.payout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The bank that pays merchants out. */
@ConfigMapping(prefix = "liangjiang.payout.bank")
interface BankSettings {
  /** A key that everybody knows: for the sandbox only. */
  String DEVELOPMENT_KEY = "sandbox-bank-key-for-development-only";

  /** Scheme, host and port of the bank; without it there are no payouts. */
  Optional<String> baseUrl();

  /** What the bank and the city sign with (HMAC-SHA256). */
  @WithDefault(DEVELOPMENT_KEY)
  String key();

  /** How long to wait for an answer, everything included. */
  @WithDefault("PT8S")
  Duration callTimeout();
}
