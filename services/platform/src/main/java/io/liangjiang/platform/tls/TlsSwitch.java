package io.liangjiang.platform.tls;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where {@code liangjiang.tls.certificate-file} is set, Quarkus' clients leave their transport to
 * us.
 */
public final class TlsSwitch implements ConfigSourceFactory {
  private static final List<String> CLIENTS =
      List.of("identity", "payments", "transit", "tourism", "healthcare");

  /** Above the platform's defaults, below a service's own settings and the environment. */
  private static final int ORDINAL = 95;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue certificate = context.getValue("liangjiang.tls.certificate-file");
    boolean off =
        certificate == null || certificate.getValue() == null || certificate.getValue().isBlank();
    Map<String, String> settings =
        off
            ? Map.of()
            : CLIENTS.stream()
                .flatMap(name -> Stream.of(name + ".plain-text", name + ".use-vertx-event-loop"))
                .collect(Collectors.toMap(key -> "quarkus.grpc.clients." + key, key -> "false"));
    return List.of(new PropertiesConfigSource(settings, "liangjiang tls", ORDINAL));
  }
}
