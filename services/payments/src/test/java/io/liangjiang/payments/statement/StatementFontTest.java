package io.liangjiang.payments.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementFontTest {
  @TempDir Path directory;

  @Test
  void withoutAnyTheReadersIsNamedAndHasChinese() {
    var font = new StatementFont(Optional.empty(), directory.resolve("none.ttf")).font();

    assertThat(font.getPostscriptFontName()).startsWith("STSong");
    assertThat(font.isEmbedded()).isFalse();
    assertThat(font.charExists('江')).isTrue();
  }

  @Test
  void takesThatOfTheMachine() throws IOException {
    Path wrong = Files.writeString(directory.resolve("machine.ttf"), "no font");

    assertThatThrownBy(() -> new StatementFont(Optional.empty(), wrong)).isNotNull();
  }

  @Test
  void theOneThatIsNamedMustBeThere() {
    String missing = directory.resolve("missing.ttf").toString();

    assertThatThrownBy(() -> new StatementFont(Optional.of(missing), directory.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("statement-font-file");
  }
}
