package io.liangjiang.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a development city has without being told: its sandbox, and what the sandbox publishes. */
@ApplicationScoped
public class DevelopmentCity {
  /** App id of the sandbox's mini-program. */
  public static final String APP_ID = "wx6c6a000000000001";

  /** Its secret, which everybody knows. */
  public static final String APP_SECRET = "sandbox-app-secret";

  /** What the sandbox's bureau takes as X-Api-Key. */
  public static final String BUREAU_API_KEY = "sandbox-real-name-key";

  /** What the sandbox's face provider takes as X-Api-Key. */
  public static final String FACE_API_KEY = "sandbox-face-key";

  /** Name of the key that the sandbox's SMS provider knows. */
  public static final String SMS_KEY_ID = "sandbox-sms";

  /** That key. */
  public static final String SMS_KEY = "sandbox-sms-key-for-development-only";

  private final boolean development;
  private final String sandboxUrl;

  DevelopmentCity(
      @ConfigProperty(name = "liangjiang.environment", defaultValue = "production")
          String environment,
      @ConfigProperty(name = "liangjiang.sandbox.url", defaultValue = "http://localhost:8090")
          String sandboxUrl) {
    this.development = environment.equals("development");
    this.sandboxUrl = sandboxUrl;
  }

  /** The value in a development city; nothing elsewhere. */
  public <T> Optional<T> only(T value) {
    return development ? Optional.of(value) : Optional.empty();
  }

  /** Address of the sandbox in a development city; nothing elsewhere. */
  public Optional<String> sandboxUrl() {
    return only(sandboxUrl);
  }
}
