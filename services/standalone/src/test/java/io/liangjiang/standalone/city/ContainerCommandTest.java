package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerCommandTest {
  @TempDir Path directory;

  @Test
  void locksTheProcessInAndKeepsSecretsOffTheCommandLine() {
    CityOptions options = CityOptions.kept(directory);

    List<String> command =
        Form.of("registry.city.cn:5000/lj:1.2")
            .command(options, Service.PAYMENTS, Set.of("QUARKUS_HTTP_PORT", "SECRET"));

    assertThat(command)
        .startsWith("podman")
        .contains("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges")
        .contains("--name=liangjiang-payments-9002")
        .containsSubsequence("--env=QUARKUS_HTTP_PORT", "--env=SECRET")
        .endsWith("registry.city.cn:5000/lj/payments:1.2");
  }
}
