package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;
import static io.liangjiang.helm.Rule.kind;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Databases, the way in, and closed lists of values that Kubernetes' types leave open. */
final class DataRules {
  private static final Map<String, Set<String>> CLOSED =
      Map.ofEntries(
          Map.entry("protocol", Set.of("TCP", "UDP")),
          Map.entry("imagePullPolicy", Set.of("IfNotPresent", "Always", "Never")),
          Map.entry("restartPolicy", Set.of("Never", "OnFailure", "Always")),
          Map.entry("whenUnsatisfiable", Set.of("ScheduleAnyway", "DoNotSchedule")),
          Map.entry("concurrencyPolicy", Set.of("Forbid", "Replace", "Allow")),
          Map.entry("rotationPolicy", Set.of("Always", "Never")),
          Map.entry("pathType", Set.of("Prefix", "Exact")),
          Map.entry("fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
          Map.entry("unhealthyPodEvictionPolicy", Set.of("AlwaysAllow", "IfHealthyBudget")),
          Map.entry("appProtocol", Set.of("http", "https", "grpc")));
  private static final Map<String, String> API_VERSIONS =
      Map.ofEntries(
          Map.entry("Deployment", "apps/v1"),
          Map.entry("StatefulSet", "apps/v1"),
          Map.entry("Job", "batch/v1"),
          Map.entry("CronJob", "batch/v1"),
          Map.entry("Issuer", "cert-manager.io/v1"),
          Map.entry("Certificate", "cert-manager.io/v1"),
          Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
          Map.entry("Ingress", "networking.k8s.io/v1"),
          Map.entry("PodDisruptionBudget", "policy/v1"),
          Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
          Map.entry("Role", "rbac.authorization.k8s.io/v1"),
          Map.entry("RoleBinding", "rbac.authorization.k8s.io/v1"),
          Map.entry("HTTPRoute", "gateway.networking.k8s.io/v1"),
          Map.entry("Cluster", "postgresql.cnpg.io/v1"),
          Map.entry("ScheduledBackup", "postgresql.cnpg.io/v1"),
          Map.entry("ObjectStore", "barmancloud.cnpg.io/v1"),
          Map.entry("ServiceMonitor", "monitoring.coreos.com/v1"),
          Map.entry("PrometheusRule", "monitoring.coreos.com/v1"));

  /**
   * Measured with 195 connections that were in use: 2.0 MiB each, page tables included; with what
   * the shared buffers take when they are full.
   */
  private static final long BASE_MIB = 160;

  private static final long MIB_OF_TWO_CONNECTIONS = 5;

  private DataRules() {}

  static Stream<Rule> all() {
    return Stream.of(forms(), trial(), databases(), backups(), routes()).flatMap(List::stream);
  }

  private static List<Rule> forms() {
    return List.of(
        each(
            "kinds are of the API that has them now",
            objects -> objects.all().stream(),
            (objects, object) ->
                object.text("apiVersion").equals(API_VERSIONS.getOrDefault(object.kind(), "v1")),
            objects -> objects.first("NetworkPolicy").with("apiVersion", "extensions/v1beta1")),
        each(
            "closed lists have no other values",
            objects -> objects.all().stream(),
            (objects, object) -> hasOnlyKnownValues(object),
            objects ->
                objects
                    .first("Deployment")
                    .with("spec.template.spec.containers[0].ports[0].protocol", "tcp")));
  }

  private static boolean hasOnlyKnownValues(Manifest object) {
    boolean[] known = {true};
    Trees.entries(
        object.content(),
        (path, entry) -> {
          Set<String> values = CLOSED.get(entry.getKey());
          if (values != null && entry.getValue() instanceof String text) {
            known[0] &= values.contains(text);
          }
        });
    return known[0];
  }

  private static List<Rule> trial() {
    return List.of(
        each(
            "a trial's database is not killed for the connections that it allows",
            objects -> objects.of("StatefulSet"),
            (objects, database) -> {
              Map<String, Object> container = database.containers().getLast();
              return mebibytes(container)
                  >= BASE_MIB + MIB_OF_TWO_CONNECTIONS * connections(container) / 2;
            },
            objects ->
                objects
                    .first("StatefulSet")
                    .with("spec.template.spec.containers[0].resources.limits.memory", "512Mi")),
        each(
            "a trial's database is told to end, by a hook that does not wait for its own end",
            objects -> objects.of("StatefulSet"),
            (objects, database) ->
                Trees.list(database.containers().getLast(), "lifecycle.preStop.exec.command")
                    .containsAll(List.of("stop", "fast", "--no-wait")),
            objects ->
                objects
                    .first("StatefulSet")
                    .with(
                        "spec.template.spec.containers[0].lifecycle.preStop.exec.command[6]",
                        "--wait")));
  }

  private static long mebibytes(Map<String, Object> container) {
    String memory = Trees.text(container, "resources.limits.memory");
    return memory.endsWith("Gi")
        ? 1_024 * Long.parseLong(memory.replace("Gi", ""))
        : Long.parseLong(memory.replace("Mi", ""));
  }

  private static long connections(Map<String, Object> container) {
    String setting = "max_connections=";
    return Trees.list(container, "args").stream()
        .map(Object::toString)
        .filter(argument -> argument.startsWith(setting))
        .mapToLong(argument -> Long.parseLong(argument.substring(setting.length())))
        .sum();
  }

  private static List<Rule> databases() {
    return List.of(
        new Rule(
            "with CloudNativePG each component has a Cluster of its own",
            objects ->
                objects.of("Cluster").findAny().isEmpty()
                    ? Stream.empty()
                    : objects
                        .of("ConfigMap")
                        .filter(map -> map.has("data.QUARKUS_DATASOURCE_REACTIVE_URL"))
                        .filter(map -> objects.find("Cluster", map.name() + "-database").isEmpty())
                        .map(Manifest::key),
            objects -> objects.all().remove(objects.first("Cluster"))),
        kind(
            "Cluster",
            "removing the release keeps the city's data",
            cluster ->
                cluster.text("metadata.annotations.\"helm.sh/resource-policy\"").equals("keep"),
            cluster -> cluster.without("metadata.annotations.\"helm.sh/resource-policy\"")),
        kind(
            "Cluster",
            "nobody logs in to databases as their superuser",
            cluster ->
                Boolean.FALSE.equals(Trees.find(cluster.content(), "spec.enableSuperuserAccess")),
            cluster -> cluster.with("spec.enableSuperuserAccess", true)),
        kind(
            "Cluster",
            "database servers stand on different nodes and have limits",
            cluster ->
                cluster.number("spec.instances") >= 3
                    && Boolean.TRUE.equals(
                        Trees.find(cluster.content(), "spec.affinity.enablePodAntiAffinity"))
                    && cluster.has("spec.resources.limits.memory"),
            cluster -> cluster.with("spec.affinity.enablePodAntiAffinity", false)));
  }

  private static List<Rule> backups() {
    return List.of(
        each(
            "a production's databases are archived and backed up",
            objects -> objects.of("Cluster"),
            (objects, cluster) ->
                Boolean.TRUE.equals(Trees.find(cluster.content(), "spec.plugins[0].isWALArchiver"))
                    && objects
                        .of("ScheduledBackup")
                        .anyMatch(backup -> backup.text("spec.cluster.name").equals(cluster.name()))
                    && objects
                        .find(
                            "ObjectStore",
                            cluster.text("spec.plugins[0].parameters.barmanObjectName"))
                        .isPresent(),
            objects -> objects.first("ScheduledBackup").with("spec.cluster.name", "liangjiang")),
        each(
            "no two databases are archived to one place",
            objects -> objects.of("ObjectStore"),
            (objects, store) ->
                objects
                        .of("ObjectStore")
                        .filter(
                            other ->
                                other
                                    .text("spec.configuration.destinationPath")
                                    .equals(store.text("spec.configuration.destinationPath")))
                        .count()
                    == 1,
            objects ->
                objects
                    .of("ObjectStore")
                    .forEach(
                        store -> store.with("spec.configuration.destinationPath", "s3://one"))),
        kind(
            "StatefulSet",
            "the trial's database is one pod",
            set -> set.number("spec.replicas") == 1,
            set -> set.with("spec.replicas", 2)));
  }

  private static List<Rule> routes() {
    return List.of(
        each(
            "routes lead to Services and ports that are there",
            objects -> objects.of("HTTPRoute"),
            (objects, route) ->
                route.list("spec.rules").stream()
                    .flatMap(rule -> Trees.list(rule, "backendRefs").stream())
                    .allMatch(
                        backend ->
                            objects
                                .find("Service", Trees.text(backend, "name"))
                                .filter(
                                    service ->
                                        service.number("spec.ports[0].port")
                                            == Trees.number(backend, "port"))
                                .isPresent()),
            objects -> objects.first("HTTPRoute").with("spec.rules[0].backendRefs[0].port", 80)),
        each(
            "an Ingress leads to Services that are there",
            objects -> objects.of("Ingress"),
            (objects, ingress) ->
                ingress.list("spec.rules").stream()
                    .flatMap(rule -> Trees.list(rule, "http.paths").stream())
                    .allMatch(
                        path ->
                            objects
                                .find("Service", Trees.text(path, "backend.service.name"))
                                .isPresent()),
            objects ->
                objects
                    .first("Ingress")
                    .with("spec.rules[0].http.paths[0].backend.service.name", "gateway")),
        kind(
            "Ingress",
            "an Ingress ends TLS",
            ingress -> !ingress.text("spec.tls[0].secretName").isEmpty(),
            ingress -> ingress.without("spec.tls")),
        kind(
            "HTTPRoute",
            "from outside only call-backs reach payments",
            route ->
                route.list("spec.rules").stream()
                    .filter(rule -> Trees.text(rule, "backendRefs[0].name").endsWith("-payments"))
                    .allMatch(
                        rule ->
                            Trees.text(rule, "matches[0].path.value").equals("/channels/")
                                && Trees.text(rule, "matches[0].method").equals("POST")),
            route -> route.with("spec.rules[0].matches[0].path.value", "/")));
  }
}
