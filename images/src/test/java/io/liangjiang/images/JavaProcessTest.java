package io.liangjiang.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JavaProcessTest {
  private static final Path NATIVE_SETTINGS =
      Path.of(
          "../services/platform/src/main/resources/META-INF/native-image/io.liangjiang/platform/native-image.properties");

  @Test
  void nativeProgramsBelieveNamesForAsLong() throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(NATIVE_SETTINGS)) {
      settings.load(file);
    }
    List<String> ofNames =
        JavaProcess.options().stream()
            .filter(option -> option.startsWith("-Dsun.net.inetaddr."))
            .toList();

    assertThat(ofNames).hasSize(2);
    assertThat(settings.getProperty("JavaArgs").split(" ")).containsAll(ofNames);
  }
}
