package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Jobs that bring databases to a new version before an upgrade replaces a pod. */
final class MigrationRules {
  private static final String SUFFIX = "-migration";
  private static final String HOOK = "metadata.annotations.\"helm.sh/hook\"";
  private static final String WEIGHT = "metadata.annotations.\"helm.sh/hook-weight\"";
  private static final String FIRST = "liangjiang-payments" + SUFFIX;

  private MigrationRules() {}

  static Stream<Rule> all() {
    return Stream.of(jobs(), needs(), network()).flatMap(List::stream);
  }

  private static List<Rule> jobs() {
    return List.of(
        each(
            "every database is migrated before an upgrade",
            objects -> objects.deployments().filter(MigrationRules::keepsData),
            (objects, pod) ->
                objects
                    .find("Job", pod.name() + SUFFIX)
                    .filter(job -> job.text(HOOK).equals("pre-upgrade"))
                    .isPresent(),
            objects -> job(objects).with(HOOK, "post-upgrade")),
        each(
            "a migration is of the version that comes after it",
            MigrationRules::migrations,
            (objects, job) ->
                Trees.text(container(job), "image")
                    .equals(Trees.text(container(served(objects, job)), "image")),
            objects ->
                job(objects)
                    .with("spec.template.spec.containers[0].image", "liangjiang/payments:0")),
        each(
            "a migration migrates and ends",
            MigrationRules::migrations,
            (objects, job) ->
                variable(job, "LIANGJIANG_MIGRATE_ONLY").equals("true")
                    && Trees.text(job.podSpec(), "restartPolicy").equals("Never"),
            objects -> Trees.list(container(job(objects)), "env").clear()),
        each(
            "a migration that failed stays to be read",
            MigrationRules::migrations,
            (objects, job) ->
                !job.text("metadata.annotations.\"helm.sh/hook-delete-policy\"")
                    .contains("hook-failed"),
            objects ->
                job(objects)
                    .with(
                        "metadata.annotations.\"helm.sh/hook-delete-policy\"",
                        "before-hook-creation,hook-failed")),
        each(
            "a migration goes to the database that its pods will have",
            MigrationRules::migrations,
            (objects, job) ->
                variable(job, "QUARKUS_DATASOURCE_JDBC_URL")
                        .equals(
                            RunningRules.config(
                                objects, served(objects, job), "QUARKUS_DATASOURCE_JDBC_URL"))
                    && secrets(container(served(objects, job)))
                        .containsAll(secrets(container(job))),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-payments")
                    .with("data.QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://elsewhere/b")));
  }

  private static List<Rule> needs() {
    return List.of(
        each(
            "a migration knows its account and no other secret",
            MigrationRules::migrations,
            (objects, job) ->
                secrets(container(job)).size() == 2
                    && secrets(container(job)).stream()
                        .allMatch(key -> key.endsWith("/username") || key.endsWith("/password")),
            objects ->
                Trees.list(container(job(objects)), "env")
                    .add(
                        Map.of(
                            "name",
                            "LIANGJIANG_TRANSIT_MASTER_KEY",
                            "valueFrom",
                            Map.of(
                                "secretKeyRef",
                                Map.of("name", "liangjiang-transit-keys", "key", "master-key"))))),
        each(
            "a migration takes nothing from an object that the upgrade brings",
            MigrationRules::migrations,
            (objects, job) ->
                Trees.find(container(job), "envFrom") == null
                    && Trees.list(job.podSpec(), "volumes").stream()
                        .allMatch(volume -> Trees.find(volume, "configMap") == null)
                    && comesBefore(objects, "ServiceAccount", account(job), job),
            objects -> objects.named("ServiceAccount", FIRST).without(HOOK)),
        each(
            "accounts are made before a migration takes them",
            objects ->
                objects.find("Job", "liangjiang-keys").isPresent()
                    ? migrations(objects)
                    : Stream.empty(),
            (objects, job) -> weight(objects.named("Job", "liangjiang-keys")) < weight(job),
            objects -> job(objects).with(WEIGHT, "-30")));
  }

  private static List<Rule> network() {
    return List.of(
        each(
            "a migration has its policy before it begins",
            MigrationRules::migrations,
            (objects, job) -> comesBefore(objects, "NetworkPolicy", job.name(), job),
            objects -> objects.named("NetworkPolicy", FIRST).without(HOOK)),
        each(
            "a migration asks for names and its database, and nobody asks it",
            objects -> objects.of("NetworkPolicy").filter(p -> p.name().endsWith(SUFFIX)),
            (objects, policy) ->
                policy.list("spec.ingress").isEmpty()
                    && policy.list("spec.egress").stream()
                        .map(rule -> Trees.number(rule, "ports[0].port"))
                        .collect(Collectors.toSet())
                        .equals(Set.of(53L, 5432L)),
            objects ->
                objects
                    .named("NetworkPolicy", FIRST)
                    .list("spec.egress")
                    .add(Map.of("ports", List.of(Map.of("port", 9012, "protocol", "TCP"))))),
        each(
            "databases of the release let migrations in, whatever the release before knew",
            objects -> hasOwnDatabase(objects) ? migrations(objects) : Stream.empty(),
            (objects, job) ->
                objects
                    .find("NetworkPolicy", job.name() + "-in")
                    .filter(policy -> policy.text(HOOK).equals("pre-upgrade"))
                    .filter(policy -> Trees.find(policy.content(), "spec.egress") == null)
                    .map(policy -> policy.map("spec.ingress[0].from[0].podSelector.matchLabels"))
                    .filter(labels -> !labels.isEmpty() && isOf(job, labels))
                    .isPresent(),
            objects -> objects.named("NetworkPolicy", FIRST + "-in").without("spec.ingress")));
  }

  private static boolean hasOwnDatabase(Objects objects) {
    return objects.of("Cluster").findAny().isPresent()
        || objects.of("StatefulSet").findAny().isPresent();
  }

  private static boolean keepsData(Manifest deployment) {
    return !deployment.component().equals("sandbox")
        && Boolean.TRUE.equals(
            Trees.find(Chart.city(), "components." + deployment.component() + ".database"));
  }

  private static Stream<Manifest> migrations(Objects objects) {
    return objects.of("Job").filter(job -> job.name().endsWith(SUFFIX));
  }

  private static boolean isOf(Manifest job, Map<String, Object> labels) {
    return job.podLabels().entrySet().containsAll(labels.entrySet());
  }

  /** The one that is broken. */
  private static Manifest job(Objects objects) {
    return objects.named("Job", FIRST);
  }

  private static Manifest served(Objects objects, Manifest job) {
    return objects.named("Deployment", job.name().replace(SUFFIX, ""));
  }

  private static Map<String, Object> container(Manifest pod) {
    return pod.containers().getFirst();
  }

  private static String account(Manifest job) {
    return Trees.text(job.podSpec(), "serviceAccountName");
  }

  private static String variable(Manifest job, String name) {
    return Trees.list(container(job), "env").stream()
        .filter(variable -> Trees.text(variable, "name").equals(name))
        .map(variable -> Trees.text(variable, "value"))
        .findFirst()
        .orElse("");
  }

  /** Secrets and keys that a container's variables are taken from, as {@code secret/key}. */
  private static Set<String> secrets(Object container) {
    return Trees.list(container, "env").stream()
        .filter(variable -> Trees.find(variable, "valueFrom.secretKeyRef") != null)
        .map(
            variable ->
                Trees.text(variable, "valueFrom.secretKeyRef.name")
                    + "/"
                    + Trees.text(variable, "valueFrom.secretKeyRef.key"))
        .collect(Collectors.toSet());
  }

  private static boolean comesBefore(Objects objects, String kind, String name, Manifest job) {
    Optional<Manifest> needed = objects.find(kind, name);
    return needed.isPresent()
        && needed.get().text(HOOK).equals("pre-upgrade")
        && weight(needed.get()) < weight(job);
  }

  private static int weight(Manifest hook) {
    return Integer.parseInt(hook.text(WEIGHT));
  }
}
