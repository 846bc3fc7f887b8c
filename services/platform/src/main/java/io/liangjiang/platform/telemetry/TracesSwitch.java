package io.liangjiang.platform.telemetry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Traces run where {@code liangjiang.traces.endpoint} says where they go. Without one the whole
 * instrumentation is off: no exporter that fails, no span that costs.
 */
public final class TracesSwitch implements ConfigSourceFactory {
  private static final String ENDPOINT = "liangjiang.traces.endpoint";
  private static final String DISABLED = "quarkus.otel.sdk.disabled";

  /** Above the platform's defaults, below a service's own settings and the environment. */
  private static final int ORDINAL = 95;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue endpoint = context.getValue(ENDPOINT);
    boolean off = endpoint == null || endpoint.getValue() == null || endpoint.getValue().isBlank();
    return List.of(
        new PropertiesConfigSource(
            Map.of(DISABLED, Boolean.toString(off)), "liangjiang traces", ORDINAL));
  }
}
