package io.liangjiang.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import io.liangjiang.platform.v1.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileAnswerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv; charset=utf-8",
        "text/plain",
        "application/pdf",
        "application/json",
        "application/zip"
      })
  void passesFilesOnAsThemselves(String mediaType) {
    FileAnswer answer = FileAnswer.of(file(mediaType, "wallet-2026-05-01.csv"));

    assertThat(answer.mediaType()).isEqualTo(mediaType);
    assertThat(answer.disposition()).isEqualTo("attachment; filename=\"wallet-2026-05-01.csv\"");
    assertThat(answer.content()).asString().isEqualTo("两江");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/html", "image/svg+xml", "text/csv\r\nset-cookie: a=b", "text/csv;x=y"})
  void passesOnNothingThatABrowserWouldRun(String mediaType) {
    assertThatIllegalStateException().isThrownBy(() -> FileAnswer.of(file(mediaType, "a.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "../a.csv", "a\".csv", "a.csv\r\nx: y", "账单.csv"})
  void passesOnNoNameThatIsMoreThanAName(String name) {
    assertThatIllegalStateException().isThrownBy(() -> FileAnswer.of(file("text/csv", name)));
  }

  @Test
  void aNameHasAnEnd() {
    assertThat(FileAnswer.of(file("text/csv", "a".repeat(120))).disposition()).hasSize(143);
    assertThatIllegalStateException()
        .isThrownBy(() -> FileAnswer.of(file("text/csv", "a".repeat(121))));
  }

  private static File file(String mediaType, String name) {
    return File.newBuilder()
        .setMediaType(mediaType)
        .setFileName(name)
        .setContent(ByteString.copyFromUtf8("两江"))
        .build();
  }
}
