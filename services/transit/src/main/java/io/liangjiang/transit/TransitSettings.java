package io.liangjiang.transit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the rides service, {@code liangjiang.transit.*}. */
@ConfigMapping(prefix = "liangjiang.transit")
public interface TransitSettings {
  /** Base64 of the 32 bytes that the private signing keys are encrypted under (AES-256-GCM). */
  String masterKey();

  /** How long a code is good; whole seconds. */
  @WithDefault("PT1M")
  Duration codeLifetime();

  /** How far clocks of readers and of the city may disagree. */
  @WithDefault("PT10S")
  Duration clockSkew();

  /**
   * How long a code stays good after the citizen asked for the next one: an answer may be lost on
   * the way.
   */
  @WithDefault("PT10S")
  Duration supersedeGrace();

  /**
   * How long a new signing key is published before it signs: every reader synchronises within this
   * time.
   */
  @WithDefault("PT24H")
  Duration keyPublishLead();

  /** How long a key signs before the next one is made. */
  @WithDefault("P30D")
  Duration keyLifetime();

  /** How late a tap may be handed in. */
  @WithDefault("P7D")
  Duration maxTapAge();

  /** How often rides that are due are charged; "off" for never. */
  String chargeInterval();

  /** Directory of the transit feed; the sample feed of the service when absent. */
  Optional<Path> feedDirectory();
}
