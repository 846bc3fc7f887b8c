package io.liangjiang.identity.crypto;

import io.liangjiang.platform.secret.MasterKey;
import io.quarkus.test.junit.QuarkusMock;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Vaults as a process has them that was started with other keys. */
@ApplicationScoped
public class Vaults {
  /** What identity under test starts with. */
  public static final String DEVELOPMENT = Vault.DEVELOPMENT_KEY;

  private final DerivationSecret secret;

  Vaults(DerivationSecret secret) {
    this.secret = secret;
  }

  /** A key that nobody had before. */
  public static String newKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Has the service go on as one that was started with these keys, until the test ends. */
  public void start(String masterKey, String... others) {
    QuarkusMock.installMockForType(of(masterKey, others), Vault.class);
    secret.load();
  }

  static Vault of(String masterKey, String... others) {
    return new Vault(
        key(masterKey), Arrays.stream(others).map(Vaults::key).toArray(MasterKey[]::new));
  }

  private static MasterKey key(String base64) {
    return MasterKey.parse(Vault.SERVICE, base64);
  }
}
