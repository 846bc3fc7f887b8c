package io.liangjiang.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an image is made: of what, and how its process starts. Everything in it belongs to root and
 * is read by a user that owns nothing; {@code /tmp} is the one place to write, and may be a volume.
 *
 * @param base image of a Java 25 runtime: a name, or {@code tar://} and a path
 * @param version what the image says it holds
 * @param caches folder with ahead-of-time caches, one {@code <component>.aot} each; may be absent
 * @param form {@code jvm}, {@code native}, or {@code training} for images that note in /tmp what a
 *     cache should hold
 */
record Recipe(String base, String version, Path caches, String form) {
  static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/app");
  static final String USER = "10001:10001";
  private static final AbsoluteUnixPath DOCUMENTS =
      AbsoluteUnixPath.get("/usr/share/doc/liangjiang");
  private static final Instant CREATED = Instant.ofEpochSecond(1);

  JibContainerBuilder of(Component component, Path checkout)
      throws IOException, InvalidImageReferenceException {
    if (component == Component.DATABASE) {
      return database(new DatabaseImage(checkout));
    }
    Path cache = caches.resolve(component.id() + ".aot");
    Start start = Start.of(form, component, component.application(checkout), cache);
    return Jib.from(base)
        .setFormat(ImageFormat.OCI)
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setFileEntriesLayers(new Layers(component, checkout).of(start, cache))
        .setWorkingDirectory(HOME)
        .setEntrypoint(start.command(component, component.application(checkout)))
        .setUser(USER)
        .setEnvironment(environment())
        .setExposedPorts(ports(component))
        .setLabels(labels(component))
        .setCreationTime(CREATED);
  }

  private JibContainerBuilder database(DatabaseImage image)
      throws IOException, InvalidImageReferenceException {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(JavaProcess.options());
    command.addAll(image.arguments());
    return Jib.from(base)
        .setFormat(ImageFormat.OCI)
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .setFileEntriesLayers(image.layers())
        .setWorkingDirectory(HOME)
        .setEntrypoint(command)
        .setUser(USER)
        .setExposedPorts(ports(Component.DATABASE))
        .setLabels(labels(Component.DATABASE))
        .setCreationTime(CREATED);
  }

  static AbsoluteUnixPath documents() {
    return DOCUMENTS;
  }

  /**
   * In a cluster a balancer needs some seconds to hear that a process leaves. What is no Java reads
   * its encoding from the locale.
   */
  private static Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LANG", "C.UTF-8");
    variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(Component.MANAGEMENT_PORT));
    variables.put("QUARKUS_SHUTDOWN_DELAY", "5s");
    variables.put("QUARKUS_SHUTDOWN_TIMEOUT", "11s");
    variables.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
    return variables;
  }

  private static Set<Port> ports(Component component) {
    Set<Port> ports = new TreeSet<>((one, other) -> one.getPort() - other.getPort());
    component.ports().forEach(port -> ports.add(Port.tcp(port)));
    ports.add(Port.tcp(Component.MANAGEMENT_PORT));
    return ports;
  }

  private Map<String, String> labels(Component component) {
    String prefix = "org.opencontainers.image.";
    return Map.of(
        prefix + "title",
        "liangjiang/" + component.id(),
        prefix + "description",
        component.description(),
        prefix + "version",
        version,
        prefix + "licenses",
        "Apache-2.0",
        "io.liangjiang.sbom",
        DOCUMENTS + "/sbom.json");
  }

  /** The native libraries inside are the building machine's (see the root pom's profiles). */
  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
