package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;
import static io.liangjiang.helm.Rule.kind;
import static io.liangjiang.helm.RunningRules.component;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names, labels, selectors, how pods are replaced, spread and scaled. */
final class WorkloadRules {
  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final List<String> LABELS =
      List.of("name", "instance", "component", "part-of", "managed-by");
  private static final Set<String> NAMESPACED_ONLY =
      Set.of(
          "Namespace",
          "ClusterRole",
          "ClusterRoleBinding",
          "CustomResourceDefinition",
          "PersistentVolume",
          "PriorityClass",
          "StorageClass",
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration");

  private WorkloadRules() {}

  static Stream<Rule> all() {
    return Stream.of(objects(), replacing(), spreading(), scaling(), autoscaling())
        .flatMap(List::stream);
  }

  private static List<Rule> objects() {
    return List.of(
        each(
            "objects have the standard labels",
            objects -> objects.all().stream(),
            (objects, object) ->
                LABELS.stream()
                    .allMatch(
                        label -> object.has("metadata.labels.\"app.kubernetes.io/" + label + "\"")),
            objects ->
                objects.first("Service").without("metadata.labels.\"app.kubernetes.io/part-of\"")),
        each(
            "objects say their namespace",
            objects -> objects.all().stream(),
            (objects, object) -> object.text("metadata.namespace").equals(Chart.NAMESPACE),
            objects -> objects.first("Service").without("metadata.namespace")),
        each(
            "names are DNS labels",
            objects -> objects.all().stream(),
            (objects, object) -> object.name().matches(DNS_LABEL),
            objects -> objects.first("Service").with("metadata.name", "Gateway_1")),
        new Rule(
            "no two objects have one name",
            objects -> {
              Set<String> seen = new HashSet<>();
              return objects.all().stream().map(Manifest::key).filter(key -> !seen.add(key));
            },
            objects -> objects.all().add(objects.first("Service").copy())),
        each(
            "nothing is installed beyond the namespace",
            objects -> objects.all().stream(),
            (objects, object) -> !NAMESPACED_ONLY.contains(object.kind()),
            objects -> objects.first("Role").with("kind", "ClusterRole")),
        new Rule(
            "every component of the list is installed",
            objects ->
                Trees.map(Chart.city(), "components").keySet().stream()
                    .filter(name -> !name.equals("sandbox"))
                    .filter(
                        name -> objects.deployments().noneMatch(d -> d.component().equals(name))),
            objects -> objects.all().remove(objects.first("Deployment"))));
  }

  private static List<Rule> replacing() {
    return List.of(
        each(
            "selectors choose their own pods",
            Objects::pods,
            (objects, pod) ->
                !pod.has("spec.selector")
                    || pod.podLabels()
                        .entrySet()
                        .containsAll(pod.map("spec.selector.matchLabels").entrySet()),
            objects ->
                objects
                    .first("Deployment")
                    .with("spec.selector.matchLabels.\"app.kubernetes.io/component\"", "somebody")),
        each(
            "selectors choose nobody else's pods",
            objects -> objects.pods().filter(pod -> pod.has("spec.selector")),
            (objects, pod) -> objects.selected(pod.map("spec.selector.matchLabels")).count() == 1,
            objects ->
                objects
                    .first("Deployment")
                    .without("spec.selector.matchLabels.\"app.kubernetes.io/component\"")),
        each(
            "selectors hold nothing that a version changes",
            objects -> objects.pods().filter(pod -> pod.has("spec.selector")),
            (objects, pod) ->
                pod.map("spec.selector.matchLabels").keySet().stream()
                    .noneMatch(label -> label.contains("version") || label.contains("chart")),
            objects ->
                objects
                    .first("Deployment")
                    .with("spec.selector.matchLabels.\"app.kubernetes.io/version\"", "1")),
        component(
            "new pods are ready before old ones go",
            (objects, pod) ->
                pod.number("spec.strategy.rollingUpdate.maxUnavailable") == 0
                    && pod.number("spec.strategy.rollingUpdate.maxSurge") >= 1,
            pod -> pod.with("spec.strategy.rollingUpdate.maxUnavailable", 1)),
        component(
            "a roll-out that does not go on is reported after the start's time",
            (objects, pod) ->
                pod.number("spec.progressDeadlineSeconds")
                    > 2
                        * Trees.number(
                            pod.containers().getFirst(), "startupProbe.failureThreshold"),
            pod -> pod.with("spec.progressDeadlineSeconds", 60)));
  }

  private static List<Rule> spreading() {
    return List.of(
        component(
            "few old versions are kept",
            (objects, pod) -> {
              long kept = pod.number("spec.revisionHistoryLimit");
              return kept >= 1 && kept <= 5;
            },
            pod -> pod.without("spec.revisionHistoryLimit")),
        component(
            "pods are spread over zones and nodes",
            (objects, pod) ->
                spread(pod, "topologyKey")
                    .containsAll(Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")),
            Rule.inPod("topologySpreadConstraints[0].topologyKey", "kubernetes.io/hostname")),
        component(
            "pods are spread among their own kind",
            (objects, pod) ->
                Trees.list(pod.podSpec(), "topologySpreadConstraints").stream()
                    .allMatch(
                        constraint ->
                            pod.map("spec.selector.matchLabels")
                                .equals(Trees.map(constraint, "labelSelector.matchLabels"))),
            Rule.inPod(
                "topologySpreadConstraints[0].labelSelector.matchLabels",
                new HashMap<>(Map.of("a", "b")))),
        kind(
            "Job",
            "jobs end, well or not",
            job -> job.number("spec.activeDeadlineSeconds") > 0 && job.has("spec.backoffLimit"),
            job -> job.without("spec.activeDeadlineSeconds")),
        kind(
            "Job",
            "jobs are hooks, because a Job cannot be upgraded",
            Manifest::isHook,
            job -> job.without("metadata.annotations.\"helm.sh/hook\"")),
        each(
            "hooks are replaced by the next",
            objects -> objects.all().stream().filter(Manifest::isHook),
            (objects, hook) ->
                hook.text("metadata.annotations.\"helm.sh/hook-delete-policy\"")
                    .contains("before-hook-creation"),
            objects ->
                objects
                    .first("Job")
                    .with("metadata.annotations.\"helm.sh/hook-delete-policy\"", "hook-failed")));
  }

  private static Set<String> spread(Manifest pod, String field) {
    return Trees.list(pod.podSpec(), "topologySpreadConstraints").stream()
        .map(constraint -> Trees.text(constraint, field))
        .collect(Collectors.toSet());
  }

  private static List<Rule> scaling() {
    return List.of(
        each(
            "a budget only where there are pods to spare",
            objects -> objects.of("PodDisruptionBudget"),
            (objects, budget) ->
                budgeted(objects, budget).allMatch(pod -> least(objects, pod) >= 2),
            objects -> {
              Manifest budget = objects.first("PodDisruptionBudget");
              budgeted(objects, budget).forEach(pod -> pod.with("spec.replicas", 1));
              objects
                  .of("HorizontalPodAutoscaler")
                  .forEach(scaler -> scaler.with("spec.minReplicas", 1));
            }),
        each(
            "who has pods to spare has a budget",
            Objects::deployments,
            (objects, pod) ->
                least(objects, pod) < 2
                    || objects
                        .of("PodDisruptionBudget")
                        .anyMatch(budget -> budgeted(objects, budget).anyMatch(b -> b.equals(pod))),
            objects -> objects.all().remove(objects.first("PodDisruptionBudget"))),
        each(
            "a budget is of one component",
            objects -> objects.of("PodDisruptionBudget"),
            (objects, budget) -> budgeted(objects, budget).count() == 1,
            objects ->
                objects
                    .first("PodDisruptionBudget")
                    .with("spec.selector.matchLabels.\"app.kubernetes.io/component\"", "nobody")),
        kind(
            "PodDisruptionBudget",
            "a budget lets a drain go on",
            budget -> budget.number("spec.maxUnavailable") >= 1,
            budget -> budget.with("spec.maxUnavailable", 0)));
  }

  private static List<Rule> autoscaling() {
    return List.of(
        kind(
            "PodDisruptionBudget",
            "a broken pod does not hold up a drain",
            budget -> budget.text("spec.unhealthyPodEvictionPolicy").equals("AlwaysAllow"),
            budget -> budget.without("spec.unhealthyPodEvictionPolicy")),
        each(
            "an autoscaler scales what is there",
            objects -> objects.of("HorizontalPodAutoscaler"),
            (objects, scaler) ->
                objects
                    .find(
                        scaler.text("spec.scaleTargetRef.kind"),
                        scaler.text("spec.scaleTargetRef.name"))
                    .isPresent(),
            objects ->
                objects.first("HorizontalPodAutoscaler").with("spec.scaleTargetRef.name", "gate")),
        kind(
            "HorizontalPodAutoscaler",
            "an autoscaler keeps two pods and may add some",
            scaler ->
                scaler.number("spec.minReplicas") >= 2
                    && scaler.number("spec.maxReplicas") > scaler.number("spec.minReplicas"),
            scaler -> scaler.with("spec.maxReplicas", 1)),
        kind(
            "HorizontalPodAutoscaler",
            "an autoscaler comes down slowly",
            scaler -> scaler.number("spec.behavior.scaleDown.stabilizationWindowSeconds") >= 60,
            scaler -> scaler.without("spec.behavior.scaleDown.stabilizationWindowSeconds")),
        each(
            "an upgrade leaves the number of pods to the autoscaler",
            objects -> objects.of("HorizontalPodAutoscaler"),
            (objects, scaler) -> !objects.named("Deployment", scaler.name()).has("spec.replicas"),
            objects ->
                objects
                    .named("Deployment", objects.first("HorizontalPodAutoscaler").name())
                    .with("spec.replicas", 2)));
  }

  private static Stream<Manifest> budgeted(Objects objects, Manifest budget) {
    return objects.selected(budget.map("spec.selector.matchLabels"));
  }

  private static long least(Objects objects, Manifest deployment) {
    return objects
        .find("HorizontalPodAutoscaler", deployment.name())
        .map(scaler -> scaler.number("spec.minReplicas"))
        .orElse(deployment.number("spec.replicas"));
  }
}
