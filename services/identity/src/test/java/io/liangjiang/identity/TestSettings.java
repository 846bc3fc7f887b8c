package io.liangjiang.identity;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Settings read as the service reads them, from environment variables of the test's choice. */
public final class TestSettings {
  private TestSettings() {}

  public static IdentitySettings of(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(IdentitySettings.class)
        .withSources(new EnvConfigSource(environment, 300))
        .build()
        .getConfigMapping(IdentitySettings.class);
  }
}
