package io.liangjiang.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Service;
import io.liangjiang.standalone.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  @Test
  void findsTheCheckoutAroundTheCurrentDirectory() {
    Arguments arguments = Arguments.parse(List.of());

    assertThat(arguments.checkout().resolve("services/standalone/pom.xml")).isRegularFile();
    assertThat(arguments.data()).isEqualTo(arguments.checkout().resolve("data"));
    assertThat(arguments.options().ports().of(Service.GATEWAY)).isEqualTo(8080);
  }

  @Test
  void readsEveryOption() {
    CityOptions options =
        Arguments.parse(
                List.of("--checkout", "/c", "--data", "/d", "--port", "8180", "--port-offset", "7"))
            .options();

    assertThat(options.checkout()).isEqualTo(Path.of("/c"));
    assertThat(options.data()).isEqualTo(Path.of("/d"));
    assertThat(options.ports().of(Service.GATEWAY)).isEqualTo(8180);
    assertThat(options.ports().of(Service.SANDBOX)).isEqualTo(8097);
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--port", "80a")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("--port needs a number, not 80a");
    assertThatThrownBy(() -> Arguments.parse(List.of("--port", "70000")))
        .hasMessage("--port is between 1 and 65535");
    assertThatThrownBy(() -> Arguments.parse(List.of("--port")))
        .hasMessageContaining("--port needs a value");
    assertThatThrownBy(() -> Arguments.parse(List.of("--form", "liangjiang")))
        .hasMessage(
            "The city runs as jvm, native, or images by name and tag, like liangjiang:0.1; not as"
                + " liangjiang");
    assertThatThrownBy(() -> Arguments.parse(List.of("--colour", "red")))
        .hasMessageContaining("Unknown option --colour");
  }
}
