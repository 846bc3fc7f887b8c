package io.liangjiang.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart, rendered by Helm with the sets of values in {@code ci/}. */
final class Chart {
  static final Path DIRECTORY = Path.of("liangjiang");
  static final String NAMESPACE = "city";
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  /** The library renders no hooks, so they are rendered under a name that Helm does not know. */
  private static final String HOOK = "helm.sh/hook";

  private static final String MASKED_HOOK = "masked.helm.sh/hook";

  /** The library asks a cluster where Helm's own command does without one. */
  private static final String LOOKUP = "lookup \"apps/v1\" \"Deployment\" .Release.Namespace \"\"";

  private static final Path MASKED = mask(Path.of("target/masked"), "dict");

  private Chart() {}

  private static Path mask(Path parent, String deployments) {
    if (isAccepting()) {
      // Helm refuses values that a stale schema does not know.
      String values = read(DIRECTORY.resolve("values.yaml"));
      write(DIRECTORY.resolve("values.schema.json"), ValuesDocument.parse(values).schema());
    }
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      Path copy = Files.createTempDirectory(Files.createDirectories(parent), "chart");
      files
          .filter(Files::isRegularFile)
          .forEach(
              file ->
                  write(
                      copy.resolve(DIRECTORY.relativize(file)),
                      read(file).replace(HOOK, MASKED_HOOK).replace(LOOKUP, deployments)));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the sets of values. */
  static List<String> valueSets() {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String values) {
    return RENDERED.computeIfAbsent(values, name -> render(name, Map.of()));
  }

  /** What a set renders; each call gives objects of its own. */
  static Objects objects(String values) {
    return Objects.parse(values, text(values));
  }

  static Objects objects(String values, Map<String, Object> settings) {
    return Objects.parse(values, render(values, settings));
  }

  /** What a set renders where Helm sees a cluster with one Deployment and no other. */
  static Objects objectsBeside(String values, String deployment) {
    String items =
        "dict \"items\" (list (dict \"metadata\" (dict \"name\" \"%s\")))".formatted(deployment);
    return Objects.parse(values, render(mask(Path.of("target/masked"), items), values, Map.of()));
  }

  /** What a set renders with further values laid over it, where texts stay texts. */
  static Objects objectsOver(String values, String yaml) {
    Path over = Path.of("target/over", Integer.toHexString(yaml.hashCode()) + ".yaml");
    write(over, yaml);
    return Objects.parse(
        values, template(MASKED, values).withValuesFile(over).call().replace(MASKED_HOOK, HOOK));
  }

  static String render(String values, Map<String, Object> settings) {
    return render(MASKED, values, settings);
  }

  private static String render(Path chart, String values, Map<String, Object> settings) {
    TemplateCommand template = template(chart, values);
    settings.forEach(template::set);
    return template.call().replace(MASKED_HOOK, HOOK);
  }

  private static TemplateCommand template(Path chart, String values) {
    return new Helm(chart)
        .template()
        .withName("liangjiang")
        .withNamespace(NAMESPACE)
        .withKubeVersion("1.34.0")
        .withValuesFile(DIRECTORY.resolve("ci").resolve(values + ".yaml"));
  }

  static LintResult lint() {
    return new Helm(DIRECTORY).lint().strict().call();
  }

  /** The list of what the city is made of and who calls whom. */
  static Map<String, Object> city() {
    return yaml(DIRECTORY.resolve("files/city.yaml"));
  }

  static Map<String, Object> yaml(Path file) {
    return Trees.asMap(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file)));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether generated files are to be written instead of compared ({@code make chart}). */
  static boolean isAccepting() {
    return System.getProperty("chart.accept") != null;
  }
}
