package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What must be so before the first process starts; each failure says what to do. */
final class StartChecks {
  private static final int JAVA_VERSION = 25;
  private static final long FREE_MEGABYTES = 1024;

  private StartChecks() {}

  static void require(CityOptions options) {
    requireJava(Runtime.version().feature());
    requireBuild(options.checkout(), options.form());
    requireSpace(options.data(), FREE_MEGABYTES);
  }

  static void requireJava(int version) {
    if (version < JAVA_VERSION) {
      throw new StartFailure(
          "The city needs JDK %d; this is Java %d from %s. Install Temurin %d and set JAVA_HOME to it."
              .formatted(JAVA_VERSION, version, System.getProperty("java.home"), JAVA_VERSION));
    }
  }

  static void requireBuild(Path checkout, Form form) {
    String missing =
        Arrays.stream(Service.values())
            .filter(service -> !form.isBuilt(checkout, service))
            .map(Service::id)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new StartFailure(
          "Not built yet: %s. `%s` builds it.".formatted(missing, form.builtBy()));
    }
  }

  static void requireSpace(Path data, long megabytes) {
    try {
      Files.createDirectories(data);
      long free = Files.getFileStore(data).getUsableSpace() / (1024 * 1024);
      if (free < megabytes) {
        throw new StartFailure(
            "Only %d MB are free on the disk of %s; the city needs %d. Make room, or choose another place: make run ARGS=\"--data /elsewhere\"."
                .formatted(free, data.toAbsolutePath(), megabytes));
      }
    } catch (IOException e) {
      throw new StartFailure("The data directory " + data + " cannot be used: " + e, e);
    }
  }
}
