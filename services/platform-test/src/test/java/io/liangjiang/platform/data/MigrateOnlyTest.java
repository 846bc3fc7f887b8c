package io.liangjiang.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import org.junit.jupiter.api.Test;

class MigrateOnlyTest {
  @Test
  void endsAProcessThatOnlyMigratesAsOneThatDidItsWork() {
    assertThatThrownBy(() -> new MigrateOnly(true).end(new StartupEvent()))
        .isInstanceOfSatisfying(
            PreventFurtherStepsException.class, end -> assertThat(end.getExitCode()).isZero());
  }

  @Test
  void letsOthersBegin() {
    assertThatCode(() -> new MigrateOnly(false).end(new StartupEvent())).doesNotThrowAnyException();
  }
}
