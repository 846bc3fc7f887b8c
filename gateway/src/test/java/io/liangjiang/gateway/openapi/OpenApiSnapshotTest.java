package io.liangjiang.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.gateway.route.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The API as it was last accepted. After a wanted change run {@code mvn test -pl gateway -am
 * -Dopenapi.accept -Dtest=OpenApiSnapshotTest -Dsurefire.failIfNoSpecifiedTests=false} and commit
 * the document.
 */
final class OpenApiSnapshotTest {
  private static final Path SNAPSHOT = Path.of("../docs/openapi.yaml");

  @Test
  void documentIsTheAcceptedOne() throws IOException {
    var tree = OpenApiDocument.tree(new Routes(Contracts.SERVICES));
    String document = new String(TreeWriter.yaml(tree), StandardCharsets.UTF_8);

    if (System.getProperty("openapi.accept") != null) {
      Files.createDirectories(SNAPSHOT.getParent());
      Files.writeString(SNAPSHOT, document);
    }

    assertThat(Files.readString(SNAPSHOT)).isEqualTo(document);
  }
}
