package io.liangjiang.images;

import com.google.cloud.tools.jib.api.JibContainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * {@code make images}: one image a component. Settings are system properties: {@code base}, {@code
 * to} (a folder), {@code push} (registry and prefix), {@code tag}, {@code caches} (a folder),
 * {@code form} ({@code jvm}, {@code native}, or {@code training} for images that note what to
 * cache); arguments are the components, all when there is none.
 */
public final class Images {
  /**
   * Where a registry can be reached: the index of all platforms, as Docker's library records it
   * (docker-library/repo-info, 25 September 2026). To be renewed with each patch of Java.
   */
  static final String DEFAULT_BASE =
      "docker.io/library/eclipse-temurin:25.0.4.1_1-jre-noble"
          + "@sha256:08c5df59d84343e310567081253611b244bb7a1329930eb09d6923f6fa66dffa";

  private Images() {}

  /** Exit code 0 when every image is made, 1 when one could not be. */
  public static void main(String[] components) {
    System.setProperty("jib.disableUpdateChecks", "true");
    try {
      make(List.of(components));
      System.exit(0);
    } catch (BadRequest e) {
      System.err.println(e.getMessage());
    } catch (Exception e) {
      System.err.println("The images could not be made: " + e);
    }
    System.exit(1);
  }

  private static void make(List<String> components) throws Exception {
    Path checkout = Path.of("").toAbsolutePath();
    Path folder = Path.of(setting("to", "target/images")).toAbsolutePath();
    Path caches = Path.of(setting("caches", folder.resolve("aot").toString())).toAbsolutePath();
    Recipe recipe =
        new Recipe(base(setting("base", DEFAULT_BASE)), version(), caches, setting("form", "jvm"));
    Destination destination =
        new Destination(folder, setting("push", ""), setting("tag", version()));
    Files.createDirectories(folder);
    List<String> digests = new ArrayList<>();
    for (Component component : Component.named(components)) {
      JibContainer made = make(component, checkout, recipe, destination);
      digests.add(destination.image(component) + "@" + made.getDigest());
      System.out.println("  " + digests.getLast());
    }
    Files.write(folder.resolve("digests.txt"), digests);
  }

  static JibContainer make(
      Component component, Path checkout, Recipe recipe, Destination destination) throws Exception {
    JibContainer made = recipe.of(component, checkout).containerize(destination.of(component));
    if (destination.isFolder()) {
      ImportName.write(destination.archive(component));
    } else {
      destination.attach(component.billOfMaterials(checkout), component, made.getDigest());
    }
    return made;
  }

  /** A file is an archive of an image; anything else is an image's name. */
  static String base(String wanted) {
    return Files.isRegularFile(Path.of(wanted))
        ? "tar://" + Path.of(wanted).toAbsolutePath()
        : wanted;
  }

  private static String setting(String name, String whenAbsent) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? whenAbsent : value;
  }

  private static String version() {
    try (InputStream file = Images.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new BadRequest("the version is not to be read: " + e);
    }
  }
}
