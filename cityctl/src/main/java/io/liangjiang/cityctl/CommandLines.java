package io.liangjiang.cityctl;

import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** How command lines are read. */
@ApplicationScoped
class CommandLines {
  @Produces
  CommandLine commandLine(PicocliCommandLineFactory factory) {
    return lenient(factory.create());
  }

  /** Takes {@code json} for {@code JSON}. */
  static CommandLine lenient(CommandLine commandLine) {
    return commandLine.setCaseInsensitiveEnumValuesAllowed(true);
  }
}
