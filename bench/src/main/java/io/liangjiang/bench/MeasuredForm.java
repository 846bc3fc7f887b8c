package io.liangjiang.bench;

import io.liangjiang.images.JavaProcess;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Form;
import io.liangjiang.standalone.city.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A packaged process with the options that it has in a container of 512 MB.
 *
 * @param start what follows the options: {@code -jar} and the runner when it is empty, else options
 *     of the ahead-of-time cache, and the process begins by its class path
 */
record MeasuredForm(List<String> start) implements Form {
  static final String MEMORY = "-XX:MaxRAM=512m";

  @Override
  public List<String> command(CityOptions options, Service service, Set<String> variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add(MEMORY);
    command.addAll(JavaProcess.options());
    Path application = service.application(options.checkout());
    if (start.isEmpty()) {
      command.addAll(List.of("-jar", application.resolve("quarkus-run.jar").toString()));
    } else {
      command.addAll(start);
      command.addAll(List.of("-cp", classPath(application), JavaProcess.MAIN));
    }
    return command;
  }

  static String classPath(Path application) {
    try {
      return JavaProcess.classPath(application, application);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isBuilt(Path checkout, Service service) {
    return Files.isRegularFile(service.application(checkout).resolve("quarkus-run.jar"));
  }

  @Override
  public String builtBy() {
    return "make run";
  }
}
