package io.liangjiang.images;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What is laid beside a packaged application so that it starts sooner, made of nothing but what is
 * in it: the same application has the same start files.
 *
 * <ul>
 *   <li>{@value #LAUNCHER}, whose manifest names all jars. An ahead-of-time cache knows classes of
 *       a class path alone; and a manifest may open packages of the JDK where options on the
 *       command line would make the JVM leave the cache.
 *   <li>{@value #NATIVE}, the library of the signatures' provider, which that would else take out
 *       of its signed jar at each start, some 10 MB to be digested by code that is not compiled
 *       yet.
 * </ul>
 */
public final class StartFiles {
  /** Starts the application by its class path. */
  static final String LAUNCHER = "launcher.jar";

  /** Starts it by Quarkus' own loader; the build writes it last. */
  static final String PACKAGED = "quarkus-run.jar";

  private static final String NATIVE = "lib/native";
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";
  private static final String PROVIDER = "software.amazon.cryptools.AmazonCorrettoCryptoProvider";
  private static final String LIBRARY = "libamazonCorrettoCryptoProvider.so";

  private StartFiles() {}

  /**
   * Lays them there.
   *
   * @param application folder of a packaged application
   */
  public static void lay(Path application) throws IOException {
    try (OutputStream file = Files.newOutputStream(application.resolve(LAUNCHER));
        JarOutputStream jar = new JarOutputStream(file)) {
      JarEntry entry = new JarEntry(JarFile.MANIFEST_NAME);
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      jar.putNextEntry(entry);
      manifest(application).write(jar);
    }
    for (Path provider : jars(application, "lib/main")) {
      if (provider.getFileName().toString().startsWith(PROVIDER)) {
        takeLibrary(provider, Files.createDirectories(application.resolve(NATIVE)));
      }
    }
  }

  /**
   * Options that make use of them.
   *
   * @param application folder of the packaged application, with its start files
   * @param home where that folder will be when the process begins
   */
  static List<String> options(Path application, Path home) {
    return Files.exists(application.resolve(NATIVE))
        ? List.of(
            "-Djava.library.path=" + home.resolve(NATIVE),
            "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true")
        : List.of();
  }

  private static Manifest manifest(Path application) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, MAIN);
    attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", classPath(application)));
    try (JarFile packaged = new JarFile(application.resolve(PACKAGED).toFile())) {
      Manifest itsOwn = packaged.getManifest();
      String opened = itsOwn == null ? null : itsOwn.getMainAttributes().getValue("Add-Opens");
      if (opened != null) {
        attributes.putValue("Add-Opens", opened);
      }
    }
    return manifest;
  }

  /** All jars but the runner, what Quarkus has made of classes before the classes themselves. */
  private static List<String> classPath(Path application) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String folder : List.of("quarkus", "app", "lib/boot", "lib/main")) {
      for (Path jar : jars(application, folder)) {
        jars.add(application.relativize(jar).toString());
      }
    }
    return jars;
  }

  private static List<Path> jars(Path application, String folder) throws IOException {
    if (!Files.isDirectory(application.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(application.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(StartFiles::isAsBuilt).thenComparing(Path::toString))
          .toList();
    }
  }

  private static boolean isAsBuilt(Path jar) {
    return !jar.getFileName().toString().startsWith("transformed-");
  }

  private static void takeLibrary(Path provider, Path folder) throws IOException {
    try (JarFile jar = new JarFile(provider.toFile())) {
      JarEntry entry = jar.getJarEntry("com/amazon/corretto/crypto/provider/" + LIBRARY);
      if (entry == null) {
        throw new BadRequest("no library for this machine in " + provider);
      }
      Files.copy(
          jar.getInputStream(entry), folder.resolve(LIBRARY), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
