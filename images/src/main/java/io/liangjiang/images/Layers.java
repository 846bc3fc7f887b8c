package io.liangjiang.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What lies on the base, from what changes seldom to what changes with every commit: libraries, the
 * city's own modules, the process, documents.
 */
record Layers(Component component, Path checkout) {
  static final String CACHE = "app.aot";
  private static final String OWN = "io.liangjiang.";

  List<FileEntriesLayer> all() throws IOException {
    Path application = component.application(checkout);
    if (!Files.exists(application.resolve("quarkus-run.jar"))) {
      throw new BadRequest(component.id() + " is not packaged: " + application);
    }
    Predicate<Path> library = file -> application.relativize(file).startsWith("lib");
    Predicate<Path> own = file -> file.getFileName().toString().startsWith(OWN);
    List<FileEntriesLayer> layers = new ArrayList<>();
    layers.add(files("libraries", application, library.and(own.negate())));
    layers.add(files("city", application, library.and(own)));
    layers.add(files("process", application, library.negate()));
    layers.add(documents());
    return layers;
  }

  List<FileEntriesLayer> withCache(Path cache) throws IOException {
    List<FileEntriesLayer> layers = new ArrayList<>(all());
    layers.add(
        FileEntriesLayer.builder()
            .setName("ahead-of-time cache")
            .addEntry(cache, Recipe.HOME.resolve(CACHE))
            .build());
    return layers;
  }

  /** All jars but the runner, what Quarkus has made of classes before the classes themselves. */
  String classPath() throws IOException {
    Path application = component.application(checkout);
    List<String> jars = new ArrayList<>();
    for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
      jars.addAll(jars(application, application.resolve(folder)));
    }
    return String.join(":", jars);
  }

  private static List<String> jars(Path application, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(Layers::isAsBuilt).thenComparing(Path::toString))
          .map(file -> inside(application.relativize(file)).toString())
          .toList();
    }
  }

  private static boolean isAsBuilt(Path jar) {
    return !jar.getFileName().toString().startsWith("transformed-");
  }

  private static FileEntriesLayer files(String name, Path from, Predicate<Path> wanted)
      throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    try (Stream<Path> tree = Files.walk(from)) {
      tree.filter(Files::isRegularFile)
          .filter(wanted)
          .sorted()
          .forEach(file -> layer.addEntry(file, inside(from.relativize(file))));
    }
    return layer.build();
  }

  private static AbsoluteUnixPath inside(Path relative) {
    return Recipe.HOME.resolve(relative);
  }

  private FileEntriesLayer documents() {
    Path bill = component.billOfMaterials(checkout);
    if (!Files.exists(bill)) {
      throw new BadRequest("no bill of materials of " + component.id() + ": " + bill);
    }
    return FileEntriesLayer.builder()
        .setName("documents")
        .addEntry(checkout.resolve("LICENSE"), Recipe.documents().resolve("LICENSE"))
        .addEntry(bill, Recipe.documents().resolve("sbom.json"))
        .build();
  }
}
