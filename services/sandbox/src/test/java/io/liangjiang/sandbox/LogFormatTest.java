package io.liangjiang.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** The log of a container, whose image asks for JSON. */
@QuarkusTest
@QuarkusTestResource(value = SandboxTestResource.class, restrictToAnnotatedClass = true)
@TestProfile(LogFormatTest.Container.class)
class LogFormatTest {
  /** What QUARKUS_LOG_CONSOLE_JSON_ENABLED sets. */
  public static final class Container implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.log.console.json.enabled", "true");
    }
  }

  @Test
  void isJsonThatNamesTheProcess() {
    var line = new ExtLogRecord(Level.INFO, "all is well", LogFormatTest.class.getName());

    String written =
        Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
            .filter(ConsoleHandler.class::isInstance)
            .map(console -> console.getFormatter().format(line))
            .findFirst()
            .orElseThrow();

    assertThat(written)
        .startsWith("{")
        .contains("\"message\":\"all is well\"", "\"service\":\"sandbox\"");
  }
}
