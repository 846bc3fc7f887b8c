package io.liangjiang.sandbox;

import io.liangjiang.sandbox.keys.ChannelKeySet;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A database and a key set for the tests of this module. */
public final class SandboxTestResource implements QuarkusTestResourceLifecycleManager {
  private EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setLocaleConfig("locale", "C.UTF-8")
              .setServerConfig("max_connections", "40")
              .start();
      Path keys = Files.createTempDirectory("sandbox-keys");
      Map<String, String> config = new HashMap<>();
      ChannelKeySet.in(keys)
          .sandboxEnvironment()
          .forEach((name, value) -> config.put(property(name), value));
      config.put("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
      config.put("quarkus.datasource.username", "postgres");
      config.put("quarkus.datasource.password", "postgres");
      config.put("liangjiang.sandbox.callback-time-scale", "0.001");
      config.put("test.keys", keys.toString());
      return config;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("No database or keys for the tests", e);
    }
  }

  @Override
  public void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String property(String variable) {
    String name = variable.substring("LIANGJIANG_SANDBOX_".length());
    return "liangjiang.sandbox." + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
