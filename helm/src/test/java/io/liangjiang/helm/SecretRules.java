package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;
import static io.liangjiang.helm.Rule.inContainer;
import static io.liangjiang.helm.Rule.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Secrets, settings, and who has rights with the cluster's API. */
final class SecretRules {
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(PASSWORD|SECRET|TOKEN|API_V3_KEY|MASTER_KEY|API_KEY|_KEY)");
  private static final Pattern SECRET_TEXT =
      Pattern.compile("-----BEGIN|[A-Za-z0-9+/]{43}=|eyJ[A-Za-z0-9_-]{20}");

  private static final Set<String> KEEPERS = Set.of("liangjiang-keys", "liangjiang-renewal");

  private SecretRules() {}

  static Stream<Rule> all() {
    return Stream.of(secrets(), settings(), databases(), rights()).flatMap(List::stream);
  }

  private static List<Rule> secrets() {
    return List.of(
        new Rule(
            "no manifest holds a Secret",
            objects -> objects.of("Secret").map(Manifest::key),
            objects ->
                objects
                    .all()
                    .add(
                        new Manifest(
                            Map.of("kind", "Secret", "metadata", Map.of("name", "leak"))))),
        new Rule(
            "nothing that is rendered looks like a key",
            objects -> objects.all().stream().filter(SecretRules::looksSecret).map(Manifest::key),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-identity")
                    .with("data.KEY", "ZGV2ZWxvcG1lbnQtb25seS10cmFuc2l0LWtleS0zMkI=")),
        each(
            "no secret is a plain setting",
            objects -> objects.of("ConfigMap"),
            (objects, map) ->
                map.map("data").keySet().stream()
                    .noneMatch(name -> SECRET_NAME.matcher(name).matches()),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-identity")
                    .with("data.QUARKUS_DATASOURCE_PASSWORD", "identity")),
        Rule.container(
            "no secret is a plain variable of a container",
            container ->
                Trees.list(container, "env").stream()
                    .filter(variable -> Trees.find(variable, "value") != null)
                    .noneMatch(
                        variable -> SECRET_NAME.matcher(Trees.text(variable, "name")).matches()),
            pod ->
                Trees.list(pod.containers().getFirst(), "env")
                    .add(Map.of("name", "DB_PASSWORD", "value", "x"))),
        each(
            "what pods take from generated Secrets is in the plan",
            Objects::pods,
            (objects, pod) ->
                planned(objects).isEmpty()
                    || Stream.concat(planned(objects).stream(), TlsRules.ofCertManager(objects))
                        .collect(Collectors.toSet())
                        .containsAll(wanted(pod)),
            objects ->
                objects
                    .named("Deployment", "liangjiang-gateway")
                    .with(
                        "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key",
                        "clientsecret")),
        new Rule(
            "nothing is planned that no pod takes",
            objects -> {
              Set<String> taken =
                  objects.pods().flatMap(pod -> wanted(pod).stream()).collect(Collectors.toSet());
              return planned(objects).stream()
                  .filter(key -> !taken.contains(key) && !key.endsWith("/merchant-id"));
            },
            objects ->
                objects
                    .named("Deployment", "liangjiang-gateway")
                    .without("spec.template.spec.containers[0].env")));
  }

  private static boolean looksSecret(Manifest manifest) {
    boolean[] found = {false};
    Trees.entries(
        manifest.content(),
        (path, entry) -> {
          if (entry.getValue() instanceof String text && SECRET_TEXT.matcher(text).find()) {
            found[0] = true;
          }
        });
    return found[0];
  }

  /** Secrets and keys that the Job makes, as {@code secret/key}; empty when it makes none. */
  private static Set<String> planned(Objects objects) {
    Set<String> planned = new HashSet<>();
    objects
        .find("ConfigMap", "liangjiang-keys")
        .ifPresent(
            map -> {
              Object plan = new Yaml().load(map.text("data.\"plan.json\""));
              for (Object secret : Trees.list(plan, "secrets")) {
                Trees.map(secret, "entries")
                    .keySet()
                    .forEach(key -> planned.add(Trees.text(secret, "name") + "/" + key));
              }
              for (Object owner : Trees.list(plan, "certificates.owners")) {
                planned.add(Trees.text(owner, "secret") + "/tls.crt");
                planned.add(Trees.text(owner, "secret") + "/tls.key");
              }
            });
    return planned;
  }

  /** Keys of Secrets that a pod takes and CloudNativePG and operators do not make. */
  private static Set<String> wanted(Manifest pod) {
    Set<String> wanted = new HashSet<>();
    Trees.entries(
        pod.content(),
        (path, entry) -> {
          Object value = entry.getValue();
          if (entry.getKey().equals("secretKeyRef") && Trees.find(value, "optional") == null) {
            wanted.add(Trees.text(value, "name") + "/" + Trees.text(value, "key"));
          } else if (entry.getKey().equals("secret") && value instanceof Map) {
            String name = Trees.text(value, "secretName");
            Trees.list(value, "items")
                .forEach(item -> wanted.add(name + "/" + Trees.text(item, "key")));
          }
        });
    wanted.removeIf(
        key -> key.contains("-database-app/") || key.endsWith("/ca.crt") || isExternal(pod, key));
    return wanted;
  }

  private static boolean isExternal(Manifest pod, String key) {
    return key.matches("liangjiang-[a-z]+-database/(username|password)")
        && pod.map("spec.template.spec").toString().contains("database-authority");
  }

  private static List<Rule> settings() {
    return List.of(
        each(
            "settings that pods read are there",
            Objects::pods,
            (objects, pod) ->
                pod.containers().stream()
                    .flatMap(container -> Trees.list(container, "envFrom").stream())
                    .map(from -> Trees.text(from, "configMapRef.name"))
                    .filter(name -> !name.isEmpty())
                    .allMatch(name -> objects.find("ConfigMap", name).isPresent()),
            objects ->
                inContainer("envFrom[0].configMapRef.name", "liangjiang-gatway")
                    .accept(objects.first("Deployment"))),
        Rule.container(
            "no variable is set twice",
            container -> {
              List<Object> variables = Trees.list(container, "env");
              return variables.stream().map(v -> Trees.text(v, "name")).distinct().count()
                  == variables.size();
            },
            pod -> {
              List<Object> variables = Trees.list(pod.containers().getFirst(), "env");
              variables.add(variables.getFirst());
            }),
        each(
            "settings are texts",
            objects -> objects.of("ConfigMap"),
            (objects, map) -> map.map("data").values().stream().allMatch(String.class::isInstance),
            objects -> objects.first("ConfigMap").with("data.PORT", 80)),
        each(
            "every component says which city it is in",
            Objects::deployments,
            (objects, pod) ->
                Set.of("production", "development")
                    .contains(RunningRules.config(objects, pod, "LIANGJIANG_ENVIRONMENT")),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with("data.LIANGJIANG_ENVIRONMENT", "prod")));
  }

  private static List<Rule> databases() {
    return List.of(
        new Rule(
            "the simulated world is in no production",
            objects ->
                objects
                    .of("ConfigMap")
                    .filter(map -> map.text("data.LIANGJIANG_ENVIRONMENT").equals("production"))
                    .filter(
                        map ->
                            map.map("data").keySet().stream()
                                .anyMatch(name -> name.contains("SANDBOX")))
                    .map(Manifest::key),
            objects ->
                objects
                    .of("ConfigMap")
                    .filter(map -> map.text("data.LIANGJIANG_ENVIRONMENT").equals("production"))
                    .forEach(map -> map.with("data.LIANGJIANG_SANDBOX_URL", "http://x"))),
        each(
            "databases outside the release are reached by verified TLS",
            objects ->
                objects
                    .of("ConfigMap")
                    .filter(map -> map.text("data.LIANGJIANG_ENVIRONMENT").equals("production"))
                    .filter(map -> map.has("data.QUARKUS_DATASOURCE_JDBC_URL")),
            (objects, map) ->
                map.text("data.QUARKUS_DATASOURCE_JDBC_URL").contains("sslmode=verify-full")
                    && map.text("data.QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE")
                        .equals("verify-full"),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-identity")
                    .without("data.QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE")),
        each(
            "each component has a database of its own",
            objects -> objects.of("ConfigMap"),
            (objects, map) ->
                !map.has("data.QUARKUS_DATASOURCE_REACTIVE_URL")
                    || map.text("data.QUARKUS_DATASOURCE_REACTIVE_URL")
                        .endsWith("/" + map.component()),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-transit")
                    .with(
                        "data.QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://db:5432/payments")));
  }

  private static List<Rule> rights() {
    return List.of(
        each(
            "only the Jobs for keys have a token for the cluster's API",
            Objects::pods,
            (objects, pod) ->
                Boolean.valueOf(KEEPERS.contains(pod.name()))
                    .equals(Trees.find(pod.podSpec(), "automountServiceAccountToken")),
            objects ->
                objects
                    .first("Deployment")
                    .with("spec.template.spec.automountServiceAccountToken", true)),
        kind(
            "ServiceAccount",
            "accounts hand out no tokens unasked",
            account -> Boolean.FALSE.equals(account.content().get("automountServiceAccountToken")),
            account -> account.without("automountServiceAccountToken")),
        each(
            "every pod has an account of its own, which is there",
            Objects::pods,
            (objects, pod) ->
                Trees.text(pod.podSpec(), "serviceAccountName").equals(pod.name())
                    && objects.find("ServiceAccount", pod.name()).isPresent(),
            objects ->
                objects
                    .first("Deployment")
                    .with("spec.template.spec.serviceAccountName", "default")),
        kind(
            "Role",
            "rights are spelled out",
            role -> role.list("rules").stream().noneMatch(rule -> rule.toString().contains("*")),
            role -> role.with("rules[0].verbs", List.of("*"))),
        kind(
            "Role",
            "rights are for Secrets only",
            role ->
                role.list("rules").stream()
                    .allMatch(rule -> Trees.list(rule, "resources").equals(List.of("secrets"))),
            role -> role.with("rules[0].resources", List.of("secrets", "pods"))),
        kind(
            "Role",
            "Secrets are read by name",
            role ->
                role.list("rules").stream()
                    .allMatch(
                        rule ->
                            Trees.list(rule, "verbs").equals(List.of("create"))
                                || !Trees.list(rule, "resourceNames").isEmpty()),
            role -> role.without("rules[1].resourceNames")),
        kind(
            "Role",
            "nobody lists Secrets or removes them",
            role ->
                role.list("rules").stream()
                    .flatMap(rule -> Trees.list(rule, "verbs").stream())
                    .allMatch(verb -> Set.of("get", "create", "patch").contains(verb)),
            role -> role.with("rules[1].verbs", List.of("get", "delete"))),
        each(
            "rights are given to an account that is there",
            objects -> objects.of("RoleBinding"),
            (objects, binding) ->
                objects.find("Role", binding.text("roleRef.name")).isPresent()
                    && binding.list("subjects").stream()
                        .allMatch(
                            subject ->
                                objects
                                    .find("ServiceAccount", Trees.text(subject, "name"))
                                    .isPresent()),
            objects -> objects.first("RoleBinding").with("subjects[0].name", "default")));
  }
}
