package io.liangjiang.standalone.city;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys with which payments and the simulated payment channel know each other: made once by the
 * sandbox's own program, kept as files.
 *
 * @param sandbox environment of the channel
 * @param payments environment of its merchant, the city
 */
record ChannelKeys(Map<String, String> sandbox, Map<String, String> payments) {
  private static final String MAKER = "io.liangjiang.sandbox.keys.ChannelKeySet";

  static ChannelKeys kept(CityOptions options, Path directory) {
    try {
      if (!Files.exists(directory.resolve("payments.env"))) {
        make(options.checkout(), directory);
      }
      return new ChannelKeys(
          read(directory, directory.resolve("sandbox.env")),
          read(directory, directory.resolve("payments.env")));
    } catch (IOException e) {
      throw new StartFailure("The channel's keys in " + directory + " cannot be kept: " + e, e);
    }
  }

  private static void make(Path checkout, Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = jar(Service.SANDBOX.application(checkout).resolve("app"));
    Process maker =
        new ProcessBuilder(
                List.of(java.toString(), "-cp", jar.toString(), MAKER, directory.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(maker.getInputStream().readAllBytes(), UTF_8);
    if (maker.onExit().join().exitValue() != 0) {
      throw new StartFailure("The channel's keys cannot be made: " + output);
    }
  }

  private static Path jar(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow(() -> new StartFailure("No jar in " + directory + ": build the sandbox"));
    }
  }

  /**
   * The files lie beside the environment; the paths in it are of the day it was made, and the
   * directory may have moved.
   */
  private static Map<String, String> read(Path directory, Path file) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String name = line.substring(0, equals);
        String value = line.substring(equals + 1);
        variables.put(name, name.endsWith("_FILE") ? beside(directory, value) : value);
      }
    }
    return variables;
  }

  private static String beside(Path directory, String path) {
    return directory.resolve(Path.of(path).getFileName()).toAbsolutePath().toString();
  }
}
