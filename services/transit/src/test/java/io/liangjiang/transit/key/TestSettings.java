package io.liangjiang.transit.key;

import io.liangjiang.transit.TransitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings as they are by default, with a master key of the test's choice. */
record TestSettings(String masterKey) implements TransitSettings {
  @Override
  public Duration codeLifetime() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Duration clockSkew() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration supersedeGrace() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration keyPublishLead() {
    return Duration.ofHours(24);
  }

  @Override
  public Duration keyLifetime() {
    return Duration.ofDays(30);
  }

  @Override
  public Duration maxTapAge() {
    return Duration.ofDays(7);
  }

  @Override
  public String chargeInterval() {
    return "off";
  }

  @Override
  public Optional<Path> feedDirectory() {
    return Optional.empty();
  }
}
