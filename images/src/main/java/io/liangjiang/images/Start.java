package io.liangjiang.images;

import java.util.List;

/**
 * How the process of an image begins. An ahead-of-time cache knows classes of the class path alone,
 * so with one the jars are there; without, Quarkus' own loader is the quicker.
 */
enum Start {
  /** As packaged. */
  PACKAGED("-jar", "quarkus-run.jar"),
  /** From the cache that lies beside it. */
  FROM_CACHE("-XX:AOTCache=" + Recipe.HOME.resolve(Layers.CACHE), Start.MAIN),
  /** As with a cache; notes in /tmp what a cache should hold, when it ends. */
  TRAINING("-XX:AOTMode=record", "-XX:AOTConfiguration=/tmp/app.aotconf", Start.MAIN);

  private static final String MAIN = "io.quarkus.runner.GeneratedMain";

  private final List<String> arguments;

  Start(String... arguments) {
    this.arguments = List.of(arguments);
  }

  List<String> arguments() {
    return arguments;
  }
}
