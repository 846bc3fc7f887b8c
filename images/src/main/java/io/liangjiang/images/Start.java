package io.liangjiang.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the process of an image begins: with an ahead-of-time cache by a jar that names all others
 * (see {@link StartFiles}); without one Quarkus' own loader is the quicker.
 */
enum Start {
  /** As packaged. */
  PACKAGED("-jar", "quarkus-run.jar"),
  /** From the cache that lies beside it. */
  FROM_CACHE("-XX:AOTCache=" + Recipe.HOME.resolve(Layers.CACHE), "-jar", StartFiles.LAUNCHER),
  /** As with a cache; notes in /tmp what a cache should hold, when it ends. */
  TRAINING(
      "-XX:AOTMode=record", "-XX:AOTConfiguration=/tmp/app.aotconf", "-jar", StartFiles.LAUNCHER),
  /** The program that make native has compiled; no Java is needed on the base. */
  NATIVE("-XX:MaximumHeapSizePercent=60", "-Dnetworkaddress.cache.ttl=2");

  private final List<String> arguments;

  Start(String... arguments) {
    this.arguments = List.of(arguments);
  }

  /**
   * How a component begins in images of that kind.
   *
   * @param wanted {@code jvm}, {@code native} or {@code training}
   * @param application folder of the packaged application
   * @param cache where an ahead-of-time cache of the component may lie; one of an earlier build is
   *     left out, since the JVM would not take it and start slower than without
   */
  static Start of(String wanted, Component component, Path application, Path cache)
      throws IOException {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "jvm" -> isOf(application, cache) ? FROM_CACHE : PACKAGED;
      case "training" -> TRAINING;
      // The operators' command runs for seconds, in Jobs: nobody waits for it to be small.
      case "native" -> component == Component.CITYCTL ? PACKAGED : NATIVE;
      default -> throw new BadRequest("images are jvm, native or training, not " + wanted);
    };
  }

  private static boolean isOf(Path application, Path cache) throws IOException {
    if (!Files.exists(cache)) {
      return false;
    }
    Path packaged = application.resolve(StartFiles.PACKAGED);
    boolean newer =
        Files.exists(packaged)
            && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(packaged)) >= 0;
    if (!newer) {
      System.out.println("  " + cache + " is of an earlier build and left out: make aot-caches");
    }
    return newer;
  }

  /**
   * The command of a container.
   *
   * @param application folder of the packaged application, with its start files
   */
  List<String> command(Component component, Path application) {
    List<String> command = new ArrayList<>();
    if (this == NATIVE) {
      command.add(Recipe.HOME.resolve(component.nativeProgramName()).toString());
    } else {
      command.add("java");
      command.addAll(JavaProcess.options(application, Path.of(Recipe.HOME.toString())));
    }
    command.addAll(arguments);
    return command;
  }
}
