package io.liangjiang.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.gateway.route.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The API as it was last accepted. After a wanted change run {@code make openapi} and commit it.
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

    List<String> accepted = Files.readAllLines(SNAPSHOT);
    List<String> actual = document.lines().toList();
    int line = firstDifference(accepted, actual);
    assertThat(lineOf(actual, line))
        .as("docs/openapi.yaml line %d; `make openapi` accepts the API as it is", line + 1)
        .isEqualTo(lineOf(accepted, line));
  }

  /** The documents are long: one line says more than both. */
  private static int firstDifference(List<String> one, List<String> other) {
    int line = 0;
    while (line < one.size() && lineOf(one, line).equals(lineOf(other, line))) {
      line++;
    }
    return line;
  }

  private static String lineOf(List<String> document, int line) {
    return line < document.size() ? document.get(line) : "the end";
  }
}
