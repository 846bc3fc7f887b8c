package io.liangjiang.helm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What {@code kubectl kustomize} makes of a folder, for the part of its language that {@code k8s/}
 * keeps to: resources, components, a namespace, and JSON patches by kind and name. Anything else is
 * refused, so that what is tested is what is installed; where kubectl is at hand, {@code
 * KustomizeTest} compares with it.
 */
final class Kustomization {
  static final Path ROOT = Path.of("../k8s");
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "resources", "components", "namespace", "patches");
  private static final Set<String> TARGET = Set.of("kind", "name");

  private final Path folder;
  private final Map<String, Object> content;

  private Kustomization(Path folder) {
    this.folder = folder;
    this.content = Chart.yaml(folder.resolve("kustomization.yaml"));
    onlyKnown(content, FIELDS);
  }

  /** All that an overlay installs; each call gives objects of its own. */
  static Objects build(String folder) {
    List<Manifest> all = new ArrayList<>();
    new Kustomization(ROOT.resolve(folder)).addTo(all);
    return new Objects(folder, all);
  }

  private void addTo(List<Manifest> all) {
    Trees.list(content, "resources").forEach(resource -> add((String) resource, all));
    for (Object component : Trees.list(content, "components")) {
      new Kustomization(folder.resolve((String) component)).addTo(all);
    }
    String namespace = Trees.text(content, "namespace");
    if (!namespace.isEmpty()) {
      all.stream()
          .filter(manifest -> !manifest.kind().equals("Namespace"))
          .forEach(manifest -> manifest.with("metadata.namespace", namespace));
    }
    Trees.list(content, "patches").forEach(patch -> patch(patch, all));
  }

  private void add(String resource, List<Manifest> all) {
    Path path = folder.resolve(resource);
    List<Manifest> more =
        Files.isDirectory(path)
            ? new ArrayList<>()
            : Objects.parse(resource, Chart.read(path)).all();
    if (Files.isDirectory(path)) {
      new Kustomization(path).addTo(more);
    }
    for (Manifest manifest : more) {
      if (all.stream().anyMatch(other -> other.key().equals(manifest.key()))) {
        throw new IllegalArgumentException(manifest.key() + " is there twice: " + path);
      }
      all.add(manifest);
    }
  }

  private void patch(Object patch, List<Manifest> all) {
    onlyKnown(patch, Set.of("path", "target"));
    onlyKnown(Trees.map(patch, "target"), TARGET);
    String kind = Trees.text(patch, "target.kind");
    String name = Trees.text(patch, "target.name");
    List<Manifest> targets =
        all.stream()
            .filter(manifest -> manifest.kind().equals(kind))
            .filter(manifest -> name.isEmpty() || Pattern.matches(name, manifest.name()))
            .toList();
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("patches nothing: " + patch + " of " + folder);
    }
    List<Object> operations = operations(folder.resolve(Trees.text(patch, "path")));
    targets.forEach(target -> JsonPatch.apply(target.content(), operations));
  }

  private static List<Object> operations(Path file) {
    Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(Chart.read(file));
    if (read instanceof List<?> operations) {
      return Trees.asList(operations);
    }
    throw new IllegalArgumentException("no list of operations: " + file);
  }

  private void onlyKnown(Object map, Set<String> fields) {
    for (String field : Trees.asMap(map).keySet()) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(folder + ": " + field + " is not read here");
      }
    }
  }
}
