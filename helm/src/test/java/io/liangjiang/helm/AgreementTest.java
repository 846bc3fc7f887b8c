package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds {@code k8s/} and the chart to the same city: what {@code overlays/ci} installs means what
 * the chart's evaluation values install. Who changes one is told what to change in the other.
 */
class AgreementTest {
  private static final String POD = "spec.template.spec.";
  private static final String CONTAINER = POD + "containers[0].";

  @Test
  void saysWhatTheChartSays() {
    assertThat(differences(Kustomization.build("overlays/ci")))
        .as("k8s/overlays/ci and the chart's evaluation values; change both")
        .isEmpty();
  }

  /** A developer's city lacks the journey alone. */
  @Test
  void saysItToDevelopersToo() {
    assertThat(differences(Kustomization.build("overlays/developer")))
        .isNotEmpty()
        .allSatisfy(difference -> assertThat(difference).contains("liangjiang-test"));
  }

  @TestFactory
  Stream<DynamicTest> noticesADisagreement() {
    return disagreements().entrySet().stream()
        .map(
            planted ->
                DynamicTest.dynamicTest(
                    planted.getKey(),
                    () -> {
                      Objects objects = Kustomization.build("overlays/ci");
                      planted.getValue().accept(objects);
                      assertThat(differences(objects)).isNotEmpty();
                    }));
  }

  /** Kustomize knows no upgrade, so no Job before one. */
  private static List<String> differences(Objects objects) {
    Objects chart = Chart.objects("evaluation", Map.of("migrations.hook", false));
    return Facts.differences(Facts.of(objects), Facts.of(chart));
  }

  private static Map<String, Consumer<Objects>> disagreements() {
    Map<String, Consumer<Objects>> planted = new LinkedHashMap<>();
    planted.put("a port", in("transit", CONTAINER + "ports[0].containerPort", 9999));
    planted.put("where a probe asks", in("transit", CONTAINER + "livenessProbe.httpGet.port", 1));
    planted.put("what a probe asks", in("transit", CONTAINER + "readinessProbe.httpGet.path", "/"));
    planted.put("no start-up probe", without("transit", CONTAINER + "startupProbe"));
    planted.put(
        "a start-up probe without patience",
        in("transit", CONTAINER + "startupProbe.failureThreshold", 0));
    planted.put("a secret variable's name", in("transit", CONTAINER + "env[0].name", "OTHER"));
    planted.put(
        "a secret variable's key",
        in("transit", CONTAINER + "env[0].valueFrom.secretKeyRef.key", "other"));
    planted.put("a variable that is missing", without("identity", CONTAINER + "env[5]"));
    planted.put("a setting", data("gateway", "QUARKUS_HTTP_PORT", "8081"));
    planted.put("one setting more", data("gateway", "QUARKUS_HTTP_HOST", "::"));
    planted.put(
        "settings of somebody else",
        in("transit", CONTAINER + "envFrom[0].configMapRef.name", "liangjiang-gateway"));
    planted.put("an image", in("transit", CONTAINER + "image", "liangjiang/transit:latest"));
    planted.put(
        "a root file system to write to",
        in("transit", CONTAINER + "securityContext.readOnlyRootFilesystem", false));
    planted.put("no seccomp profile", without("transit", POD + "securityContext.seccompProfile"));
    planted.put("another user", in("transit", POD + "securityContext.runAsUser", 1000));
    planted.put("a token in the pod", in("transit", POD + "automountServiceAccountToken", true));
    planted.put("an end without delay", without("transit", CONTAINER + "lifecycle"));
    planted.put(
        "pods that go before others come",
        in("transit", "spec.strategy.rollingUpdate.maxUnavailable", 1));
    planted.put("a file of a Secret", without("payments", POD + "volumes[1].secret.items[0]"));
    planted.put("a mount", without("payments", CONTAINER + "volumeMounts[1]"));
    planted.putAll(around());
    return planted;
  }

  /** What is around the pods. */
  private static Map<String, Consumer<Objects>> around() {
    Map<String, Consumer<Objects>> planted = new LinkedHashMap<>();
    planted.put("a Service's name", of("Service", "transit", "metadata.name", "transit"));
    planted.put("a Service's port", of("Service", "transit", "spec.ports[0].port", 80));
    planted.put(
        "a Service that leads elsewhere",
        of("Service", "transit", "spec.selector.\"app.kubernetes.io/name\"", "liangjiang-gateway"));
    planted.put(
        "one address for gRPC",
        objects -> objects.named("Service", "liangjiang-transit-grpc").without("spec.clusterIP"));
    planted.put("a caller more", of("NetworkPolicy", "payments", peer(), "liangjiang-gateway"));
    planted.put(
        "a caller less",
        objects ->
            objects.named("NetworkPolicy", "liangjiang-identity").without("spec.ingress[0]"));
    planted.put(
        "a call on another port",
        of("NetworkPolicy", "gateway", "spec.egress[1].ports[0].port", 9011));
    planted.put(
        "nothing refused",
        objects -> objects.all().removeIf(one -> one.name().equals("liangjiang-default-deny")));
    planted.put(
        "a policy of nobody",
        of(
            "NetworkPolicy",
            "transit",
            "spec.podSelector.matchLabels.\"app.kubernetes.io/name\"",
            "transit"));
    planted.put(
        "a right more",
        objects -> Trees.asList(objects.first("Role").list("rules[1].verbs")).add("list"));
    planted.put("a key that nobody makes", data("keys", "plan.json", "{\"secrets\": []}"));
    planted.put(
        "an account less", objects -> objects.all().remove(objects.first("ServiceAccount")));
    planted.put(
        "a database for one less",
        of("StatefulSet", "database", POD + "initContainers[0].env[1].value", "identity"));
    planted.put("no keys at all", objects -> objects.all().remove(objects.first("Job")));
    return planted;
  }

  private static String peer() {
    return "spec.ingress[0].from[0].podSelector.matchLabels.\"app.kubernetes.io/name\"";
  }

  private static Consumer<Objects> in(String component, String path, Object value) {
    return of("Deployment", component, path, value);
  }

  private static Consumer<Objects> without(String component, String path) {
    return objects -> objects.named("Deployment", "liangjiang-" + component).without(path);
  }

  private static Consumer<Objects> data(String component, String key, String value) {
    return of("ConfigMap", component, "data.\"" + key + "\"", value);
  }

  private static Consumer<Objects> of(String kind, String component, String path, Object value) {
    return objects -> objects.named(kind, "liangjiang-" + component).with(path, value);
  }

  @Test
  void doesNotMindTheOrderOfLists() {
    Objects objects = Kustomization.build("overlays/ci");
    objects
        .deployments()
        .forEach(one -> java.util.Collections.reverse(one.list(CONTAINER + "env")));

    assertThat(differences(objects)).isEmpty();
    assertThat(Facts.differences(new TreeMap<>(), new TreeMap<>())).isEmpty();
  }
}
