package io.liangjiang.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  List<FileEntriesLayer> of(Start start, Path cache) throws IOException {
    return switch (start) {
      case NATIVE -> compiled();
      case FROM_CACHE -> withCache(cache);
      case PACKAGED, TRAINING -> packaged();
    };
  }

  private List<FileEntriesLayer> compiled() throws IOException {
    Path program = component.nativeProgram(checkout);
    if (!Files.exists(program)) {
      throw new BadRequest(component.id() + " is not compiled (make native): " + program);
    }
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("process");
    layer.addEntry(program, inside(program.getFileName()), FilePermissions.fromOctalString("755"));
    return List.of(layer.build(), documents());
  }

  private List<FileEntriesLayer> packaged() throws IOException {
    Path application = component.application(checkout);
    if (!Files.exists(application.resolve("quarkus-run.jar"))) {
      throw new BadRequest(component.id() + " is not packaged: " + application);
    }
    StartFiles.lay(application);
    Predicate<Path> library = file -> application.relativize(file).startsWith("lib");
    Predicate<Path> own = file -> file.getFileName().toString().startsWith(OWN);
    List<FileEntriesLayer> layers = new ArrayList<>();
    layers.add(files("libraries", application, library.and(own.negate())));
    layers.add(files("city", application, library.and(own)));
    layers.add(files("process", application, library.negate()));
    layers.add(documents());
    return layers;
  }

  private List<FileEntriesLayer> withCache(Path cache) throws IOException {
    List<FileEntriesLayer> layers = new ArrayList<>(packaged());
    layers.add(
        FileEntriesLayer.builder()
            .setName("ahead-of-time cache")
            .addEntry(cache, Recipe.HOME.resolve(CACHE))
            .build());
    return layers;
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
      throw new BadRequest(
          "no bill of materials of "
              + component.id()
              + ", which Maven makes only when it is not offline: "
              + bill);
    }
    return FileEntriesLayer.builder()
        .setName("documents")
        .addEntry(checkout.resolve("LICENSE"), Recipe.documents().resolve("LICENSE"))
        .addEntry(bill, Recipe.documents().resolve("sbom.json"))
        .build();
  }
}
