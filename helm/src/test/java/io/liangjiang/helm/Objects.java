package io.liangjiang.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * All that one set of values renders.
 *
 * @param values name of the set
 * @param all the objects, in the order of Helm
 */
record Objects(String values, List<Manifest> all) {
  static Objects parse(String values, String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(20_000_000);
    options.setAllowDuplicateKeys(false);
    List<Manifest> all = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      if (document != null) {
        all.add(new Manifest(Trees.asMap(document)));
      }
    }
    return new Objects(values, all);
  }

  Stream<Manifest> of(String kind) {
    return all.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  /** The first of that kind, to be broken. */
  Manifest first(String kind) {
    return of(kind).findFirst().orElseThrow(() -> new NoSuchElementException(kind));
  }

  Optional<Manifest> find(String kind, String name) {
    return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
  }

  Manifest named(String kind, String name) {
    return find(kind, name).orElseThrow(() -> new NoSuchElementException(kind + "/" + name));
  }

  Stream<Manifest> pods() {
    return all.stream().filter(Manifest::makesPods);
  }

  /** Components that phones and other components call; not Jobs, tests and databases. */
  Stream<Manifest> deployments() {
    return of("Deployment");
  }

  /** Pods that a selector chooses. */
  Stream<Manifest> selected(Map<String, Object> labels) {
    return pods().filter(pod -> pod.podLabels().entrySet().containsAll(labels.entrySet()));
  }

  Objects copy() {
    return new Objects(values, new ArrayList<>(all.stream().map(Manifest::copy).toList()));
  }
}
