package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.container;
import static io.liangjiang.helm.Rule.each;
import static io.liangjiang.helm.Rule.fromContainer;
import static io.liangjiang.helm.Rule.inContainer;
import static io.liangjiang.helm.Rule.inPod;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How containers run: image, resources, probes, how they end. */
final class RunningRules {
  private static final long LONGEST_START_SECONDS = 120;

  private RunningRules() {}

  static Stream<Rule> all() {
    return Stream.of(images(), resources(), probes(), ending()).flatMap(List::stream);
  }

  private static List<Rule> images() {
    return List.of(
        container(
            "images have a version",
            container -> Trees.text(container, "image").matches(".+[^/]:[^/:]+"),
            inContainer("image", "liangjiang/payments")),
        container(
            "no image is whatever is latest",
            container -> !Trees.text(container, "image").endsWith(":latest"),
            inContainer("image", "liangjiang/payments:latest")),
        container(
            "images are pulled when they are not there",
            container -> Trees.text(container, "imagePullPolicy").equals("IfNotPresent"),
            fromContainer("imagePullPolicy")),
        each(
            "behind a mirror every image is the mirror's",
            objects -> objects.values().equals("air-gapped") ? objects.pods() : Stream.empty(),
            (objects, pod) ->
                pod.containers().stream()
                    .allMatch(
                        container ->
                            Trees.text(container, "image")
                                .startsWith("registry.internal:5000/mirror/")),
            broken(inContainer("image", "liangjiang/payments:1"))),
        each(
            "behind a mirror every pod has the registry's credentials",
            objects -> objects.values().equals("air-gapped") ? objects.pods() : Stream.empty(),
            (objects, pod) ->
                Trees.text(pod.podSpec(), "imagePullSecrets[0].name")
                    .equals("registry-credentials"),
            broken(Rule.fromPod("imagePullSecrets"))));
  }

  private static List<Rule> resources() {
    return List.of(
        container(
            "CPU is requested",
            container -> Trees.find(container, "resources.requests.cpu") != null,
            fromContainer("resources.requests.cpu")),
        container(
            "memory is requested",
            container -> Trees.find(container, "resources.requests.memory") != null,
            fromContainer("resources.requests.memory")),
        container(
            "CPU has a limit",
            container -> Trees.find(container, "resources.limits.cpu") != null,
            fromContainer("resources.limits.cpu")),
        container(
            "memory is not overcommitted",
            container ->
                Trees.text(container, "resources.limits.memory")
                    .equals(Trees.text(container, "resources.requests.memory")),
            inContainer("resources.limits.memory", "4Gi")),
        container(
            "no more CPU is requested than allowed",
            container -> cpu(container, "requests") <= cpu(container, "limits"),
            inContainer("resources.requests.cpu", "64")));
  }

  private static double cpu(Object container, String which) {
    String text = Trees.text(container, "resources." + which + ".cpu");
    if (text.isEmpty()) {
      return 0;
    }
    return text.endsWith("m")
        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 1000
        : Double.parseDouble(text);
  }

  private static List<Rule> probes() {
    return List.of(
        served("a start is awaited", has("startupProbe"), fromContainer("startupProbe")),
        served("a hang is noticed", has("livenessProbe"), fromContainer("livenessProbe")),
        served(
            "who is not ready gets no calls",
            has("readinessProbe"),
            fromContainer("readinessProbe")),
        component(
            "the start is asked for at its own path",
            path("startupProbe", "/q/health/started"),
            inContainer("startupProbe.httpGet.path", "/q/health")),
        component(
            "liveness does not hang on others",
            path("livenessProbe", "/q/health/live"),
            inContainer("livenessProbe.httpGet.path", "/q/health/ready")),
        component(
            "readiness is asked for at its own path",
            path("readinessProbe", "/q/health/ready"),
            inContainer("readinessProbe.httpGet.path", "/q/health/live")),
        component(
            "probes go to the management port",
            (objects, pod) ->
                Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .allMatch(probe -> text(pod, probe + ".httpGet.port").equals("management")),
            inContainer("readinessProbe.httpGet.port", "http")),
        component(
            "the management port is 9000 and no other",
            (objects, pod) -> {
              Object management =
                  Trees.list(pod.containers().getFirst(), "ports").stream()
                      .filter(port -> Trees.text(port, "name").equals("management"))
                      .findFirst()
                      .orElse(Map.of());
              return Trees.number(management, "containerPort") == 9000
                  && config(objects, pod, "QUARKUS_MANAGEMENT_PORT").equals("9000");
            },
            inContainer("ports[1].containerPort", 9100)),
        component(
            "a start has at least two minutes, migrations included",
            (objects, pod) ->
                number(pod, "startupProbe.periodSeconds")
                        * number(pod, "startupProbe.failureThreshold")
                    >= LONGEST_START_SECONDS,
            inContainer("startupProbe.failureThreshold", 3)),
        component(
            "ports are named and all different",
            (objects, pod) -> {
              List<Object> ports = Trees.list(pod.containers().getFirst(), "ports");
              Set<Object> numbers =
                  ports.stream()
                      .map(port -> Trees.find(port, "containerPort"))
                      .collect(Collectors.toSet());
              return numbers.size() == ports.size()
                  && ports.stream().allMatch(port -> Trees.find(port, "name") != null);
            },
            inContainer("ports[1].containerPort", 8080)));
  }

  private static List<Rule> ending() {
    return List.of(
        component(
            "a pod leaves the Services before it is told to end",
            (objects, pod) -> number(pod, "lifecycle.preStop.sleep.seconds") >= 1,
            fromContainer("lifecycle.preStop")),
        component(
            "a shell is not needed to end",
            (objects, pod) -> text(pod, "lifecycle.preStop.exec").isEmpty(),
            inContainer("lifecycle.preStop.exec", Map.of("command", List.of("sleep")))),
        component(
            "requests in hand have their time before the pod is killed",
            (objects, pod) ->
                Trees.number(pod.podSpec(), "terminationGracePeriodSeconds")
                    > number(pod, "lifecycle.preStop.sleep.seconds")
                        + seconds(objects, pod, "QUARKUS_SHUTDOWN_DELAY")
                        + seconds(objects, pod, "QUARKUS_SHUTDOWN_TIMEOUT"),
            inPod("terminationGracePeriodSeconds", 17)),
        each(
            "connections that stand have time to hear of the end",
            Objects::deployments,
            (objects, pod) -> seconds(objects, pod, "QUARKUS_SHUTDOWN_DELAY") >= 1,
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with("data.QUARKUS_SHUTDOWN_DELAY", "0s")),
        component(
            "a pod restarts when its settings change",
            (objects, pod) ->
                pod.text("spec.template.metadata.annotations.\"checksum/config\"")
                    .matches("[0-9a-f]{64}"),
            pod -> pod.without("spec.template.metadata.annotations.\"checksum/config\"")));
  }

  private static long seconds(Objects objects, Manifest pod, String variable) {
    return Long.parseLong(config(objects, pod, variable).replace("s", ""));
  }

  private static Rule served(
      String name, BiPredicate<Objects, Manifest> holds, Consumer<Manifest> breakage) {
    return each(
        name,
        objects ->
            objects.pods().filter(pod -> !List.of("Job", "CronJob", "Pod").contains(pod.kind())),
        holds,
        broken(breakage));
  }

  static Rule component(
      String name, BiPredicate<Objects, Manifest> holds, Consumer<Manifest> breakage) {
    return each(name, Objects::deployments, holds, broken(breakage));
  }

  private static Consumer<Objects> broken(Consumer<Manifest> breakage) {
    return objects -> breakage.accept(objects.first("Deployment"));
  }

  private static BiPredicate<Objects, Manifest> has(String path) {
    return (objects, pod) ->
        pod.containers().stream().allMatch(container -> Trees.find(container, path) != null);
  }

  private static BiPredicate<Objects, Manifest> path(String probe, String path) {
    return (objects, pod) -> text(pod, probe + ".httpGet.path").equals(path);
  }

  private static String text(Manifest pod, String path) {
    return Trees.text(pod.containers().getFirst(), path);
  }

  private static long number(Manifest pod, String path) {
    return Trees.number(pod.containers().getFirst(), path);
  }

  /** A setting that a component's ConfigMap gives it. */
  static String config(Objects objects, Manifest pod, String variable) {
    return objects
        .find("ConfigMap", pod.name())
        .map(map -> map.text("data." + variable))
        .orElse("");
  }
}
