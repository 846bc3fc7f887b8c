package io.liangjiang.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the image of the trial's database holds: PostgreSQL's programs as the embedded database of
 * {@code make run} has them, the data of a fresh server, and the program that prepares them. It
 * starts by preparing; the chart then starts {@code postgres} itself. {@code make images} lays the
 * first two out before.
 */
record DatabaseImage(Path checkout) {
  static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/opt/liangjiang");

  private static final String MAIN = "io.liangjiang.standalone.trial.TrialDatabase";

  /** For those who build against PostgreSQL. */
  private static final Set<String> UNUSED = Set.of("pgxs", "pkgconfig", "include");

  private static final FilePermissions FOLDER = FilePermissions.fromOctalString("755");
  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

  List<String> arguments() {
    return List.of(
        "-cp",
        Recipe.HOME.resolve("standalone.jar").toString(),
        MAIN,
        HOME.resolve("postgresql").toString(),
        HOME.resolve("template").toString());
  }

  List<FileEntriesLayer> layers() throws IOException {
    Path laidOut = checkout.resolve("target/database");
    Path preparation = target("standalone.jar");
    Path bill = target("standalone-sbom.json");
    for (Path needed : List.of(laidOut.resolve("template/PG_VERSION"), preparation, bill)) {
      if (!Files.exists(needed)) {
        throw new BadRequest("database is not packaged: " + needed);
      }
    }
    FileEntriesLayer own =
        FileEntriesLayer.builder()
            .setName("process")
            .addEntry(preparation, Recipe.HOME.resolve("standalone.jar"))
            .addEntry(checkout.resolve("LICENSE"), Recipe.documents().resolve("LICENSE"))
            .addEntry(bill, Recipe.documents().resolve("sbom.json"))
            .build();
    return List.of(tree("postgresql", laidOut), tree("template", laidOut), own);
  }

  private Path target(String file) {
    return checkout.resolve("services/standalone/target").resolve(file);
  }

  /** With its empty folders, without which a server does not start. */
  private static FileEntriesLayer tree(String name, Path from) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    try (Stream<Path> files = Files.walk(from.resolve(name))) {
      files
          .filter(file -> !isUnused(from.relativize(file)))
          .sorted()
          .forEach(
              file ->
                  layer.addEntry(
                      file, HOME.resolve(from.relativize(file)), permissions(name, file)));
    }
    return layer.build();
  }

  private static boolean isUnused(Path file) {
    for (Path part : file) {
      if (UNUSED.contains(part.toString())) {
        return true;
      }
    }
    return file.toString().endsWith(".a");
  }

  private static FilePermissions permissions(String name, Path file) {
    if (Files.isDirectory(file)) {
      return FOLDER;
    }
    return name.equals("postgresql") && Files.isExecutable(file) ? PROGRAM : FILE;
  }
}
