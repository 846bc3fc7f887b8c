package io.liangjiang.bench;

import io.liangjiang.images.JavaProcess;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Form;
import io.liangjiang.standalone.city.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A packaged process with the options that it has in a container of 512 MB, and what the JVM
 * chooses there by itself.
 *
 * @param start what follows the options: nothing for the process as it is packaged, else options of
 *     the ahead-of-time cache, and the process begins by its launcher
 */
record MeasuredForm(List<String> start) implements Form {
  static final List<String> MEMORY = List.of("-XX:MaxRAM=512m", "-XX:+UseSerialGC");

  @Override
  public List<String> command(CityOptions options, Service service, Set<String> variables) {
    Path application = service.application(options.checkout());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(MEMORY);
    command.addAll(JavaProcess.options(application, application));
    command.addAll(start);
    String jar = start.isEmpty() ? "quarkus-run.jar" : "launcher.jar";
    command.addAll(List.of("-jar", application.resolve(jar).toString()));
    return command;
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
