package io.liangjiang.standalone.city;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line of one service: the launcher's own JDK, tuned for a quick start on a small
 * machine.
 */
final class JavaCommand {
  private JavaCommand() {}

  static List<String> of(CityOptions options, Service service) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xms48m",
        "-Xmx" + service.heapMegabytes() + "m",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:TrimNativeHeapInterval=10000",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        service.runner(options.checkout()).toAbsolutePath().toString());
  }
}
