package io.liangjiang.helm;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What must hold of everything that the chart renders.
 *
 * @param name a sentence
 * @param check names what breaks it; empty when it holds
 * @param breakage breaks it, to see that the check is one; throws NoSuchElementException where
 *     there is nothing of the kind
 */
record Rule(String name, Function<Objects, Stream<String>> check, Consumer<Objects> breakage) {
  List<String> violations(Objects objects) {
    return check.apply(objects).map(what -> name + ": " + what).toList();
  }

  /** A rule of every object that the predicate is asked of. */
  static Rule each(
      String name,
      Function<Objects, Stream<Manifest>> which,
      BiPredicate<Objects, Manifest> holds,
      Consumer<Objects> breakage) {
    return new Rule(
        name,
        objects ->
            which
                .apply(objects)
                .filter(manifest -> !holds.test(objects, manifest))
                .map(Manifest::key),
        breakage);
  }

  static Rule kind(
      String kind, String name, Predicate<Manifest> holds, Consumer<Manifest> breakage) {
    return each(
        name,
        objects -> objects.of(kind),
        (objects, manifest) -> holds.test(manifest),
        objects -> breakage.accept(objects.first(kind)));
  }

  /** A rule of every pod; the first Deployment's is broken, at a path below its spec. */
  static Rule pod(String name, Predicate<Manifest> holds, Consumer<Manifest> breakage) {
    return each(
        name,
        Objects::pods,
        (objects, manifest) -> holds.test(manifest),
        objects -> breakage.accept(objects.first("Deployment")));
  }

  /** A rule of every container of every pod. */
  static Rule container(String name, Predicate<Object> holds, Consumer<Manifest> breakage) {
    return pod(name, pod -> pod.containers().stream().allMatch(holds), breakage);
  }

  /** Puts a value into the first container of a Deployment. */
  static Consumer<Manifest> inContainer(String path, Object value) {
    return pod -> pod.with("spec.template.spec.containers[0]." + path, value);
  }

  static Consumer<Manifest> fromContainer(String path) {
    return pod -> pod.without("spec.template.spec.containers[0]." + path);
  }

  static Consumer<Manifest> inPod(String path, Object value) {
    return pod -> pod.with("spec.template.spec." + path, value);
  }

  static Consumer<Manifest> fromPod(String path) {
    return pod -> pod.without("spec.template.spec." + path);
  }
}
