package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.standalone.process.StartFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartChecksTest {
  @TempDir Path directory;

  @Test
  void refusesAnOldJava() {
    assertThatThrownBy(() -> StartChecks.requireJava(17))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("needs JDK 25; this is Java 17")
        .hasMessageContaining("JAVA_HOME");
  }

  @Test
  void acceptsTheJavaItWasBuiltFor() {
    assertThatCode(() -> StartChecks.requireJava(25)).doesNotThrowAnyException();
  }

  @Test
  void namesWhatIsNotBuilt() {
    assertThatThrownBy(() -> StartChecks.requireBuild(directory, Form.of("jvm")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Not built yet: sandbox, identity, payments")
        .hasMessageContaining("make run");
    assertThatThrownBy(() -> StartChecks.requireBuild(directory, Form.of("native")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Not built yet: sandbox, identity, payments")
        .hasMessageContaining("make native");
  }

  @Test
  void refusesAFullDisk() {
    assertThatThrownBy(() -> StartChecks.requireSpace(directory, Long.MAX_VALUE))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MB are free")
        .hasMessageContaining("make run ARGS=");
  }

  @Test
  void refusesASecondCityOnTheSameData() {
    try (CityLock first = CityLock.take(directory)) {
      assertThatThrownBy(() -> CityLock.take(directory))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("already running");
      assertThatCode(first::close).doesNotThrowAnyException();
    }
    assertThatCode(() -> CityLock.take(directory).close()).doesNotThrowAnyException();
  }
}
