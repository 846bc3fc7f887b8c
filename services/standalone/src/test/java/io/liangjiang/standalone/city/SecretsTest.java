package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  @TempDir Path directory;

  @Test
  void makesASecretOnceAndFindsItAgain() {
    String first = new Secrets(directory).base64("identity-master-key", 32);

    assertThat(new Secrets(directory).base64("identity-master-key", 32)).isEqualTo(first);
    assertThat(Base64.getDecoder().decode(first)).hasSize(32);
  }

  @Test
  void givesEveryNameAnotherSecret() {
    Secrets secrets = new Secrets(directory);

    assertThat(secrets.letters("client-payments", 40))
        .matches("[a-z2-9]{40}")
        .isNotEqualTo(secrets.letters("client-tourism", 40));
  }

  @Test
  void letsOnlyTheOwnerRead() throws IOException {
    Secrets secrets = new Secrets(directory.resolve("secrets"));
    secrets.password("staff-gate");

    assertThat(permissions(directory.resolve("secrets"))).isEqualTo("rwx------");
    assertThat(permissions(secrets.path("staff-gate"))).isEqualTo("rw-------");
  }

  @Test
  void makesAPasswordThatAPersonCanType() {
    assertThat(new Secrets(directory).password("staff-gate")).matches("[a-hjkmnp-z2-9]{12}");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
