package io.liangjiang.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How a Java process of the city begins, in a container and wherever one is measured. */
public final class JavaProcess {
  /** What starts a packaged application by its class path. */
  public static final String MAIN = "io.quarkus.runner.GeneratedMain";

  private static final List<String> OPTIONS =
      List.of(
          "-XX:MaxRAMPercentage=60",
          "-XX:+ExitOnOutOfMemoryError",
          // what the C library keeps of freed memory goes back to the machine
          "-XX:TrimNativeHeapInterval=10000",
          "-Djava.io.tmpdir=/tmp",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private JavaProcess() {}

  /** The options of every process. */
  public static List<String> options() {
    return OPTIONS;
  }

  /**
   * All jars of a packaged application but the runner, what Quarkus has made of classes before the
   * classes themselves.
   *
   * @param application folder of the packaged application
   * @param home where that folder will be when the process begins
   */
  public static String classPath(Path application, Path home) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
      for (Path jar : jars(application.resolve(folder))) {
        jars.add(home.resolve(application.relativize(jar)).toString());
      }
    }
    return String.join(":", jars);
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(JavaProcess::isAsBuilt).thenComparing(Path::toString))
          .toList();
    }
  }

  private static boolean isAsBuilt(Path jar) {
    return !jar.getFileName().toString().startsWith("transformed-");
  }
}
