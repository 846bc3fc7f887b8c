package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the overlays of {@code k8s/} install. */
class KustomizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"overlays/developer", "overlays/ci"})
  void isWhatKubernetesTakes(String overlay) {
    assertThat(
            Kustomization.build(overlay).all().stream()
                .filter(manifest -> !manifest.kind().equals("Namespace"))
                .flatMap(manifest -> Shapes.faults(manifest).stream()))
        .isEmpty();
  }

  @Test
  void catchesAFieldThatKubernetesDoesNotKnow() {
    Objects objects = Kustomization.build("overlays/developer");

    assertThat(Shapes.faults(objects.first("Deployment").with("spec.replica", 1))).isNotEmpty();
    assertThat(Shapes.faults(objects.first("Service").with("spec.ports[0].port", "80")))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/developer", "overlays/ci"})
  void keepsToTheRestrictedStandard(String overlay) {
    Objects objects = Kustomization.build(overlay);

    assertThat(PodRules.all().flatMap(rule -> rule.violations(objects).stream())).isEmpty();
    assertThat(
            objects
                .first("Namespace")
                .text("metadata.labels.\"pod-security.kubernetes.io/enforce\""))
        .isEqualTo("restricted");
  }

  @Test
  void wouldNotKeepToItByWhatTheBuildSaysAlone() {
    Objects base = Kustomization.build("base");

    assertThat(PodRules.all().flatMap(rule -> rule.violations(base).stream()))
        .anyMatch(violation -> violation.startsWith("containers drop all capabilities"))
        .anyMatch(violation -> violation.startsWith("pods use the runtime's seccomp profile"));
  }

  @Test
  void hasEveryProcessWithItsPortsInTheBase() {
    Objects base = Kustomization.build("base");
    Map<String, Object> city = Trees.map(Chart.city(), "components");

    assertThat(base.deployments().map(Manifest::name))
        .containsExactlyInAnyOrderElementsOf(
            city.keySet().stream().map(name -> "liangjiang-" + name).toList());
    for (String name : city.keySet()) {
      Map<String, Long> ports = new java.util.HashMap<>(Map.of("management", 9000L));
      Stream.of("http", "grpc")
          .filter(port -> Trees.number(city, name + "." + port) > 0)
          .forEach(port -> ports.put(port, Trees.number(city, name + "." + port)));
      assertThat(
              base.named("Deployment", "liangjiang-" + name).containers().getFirst().get("ports"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
          .extracting(
              port -> Map.entry(Trees.text(port, "name"), Trees.number(port, "containerPort")))
          .containsExactlyInAnyOrderElementsOf(ports.entrySet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/developer", "overlays/ci"})
  void runsOneOfEachWithLimits(String overlay) {
    assertThat(Kustomization.build(overlay).deployments())
        .allSatisfy(
            deployment -> {
              assertThat(deployment.number("spec.replicas")).isOne();
              assertThat(
                      deployment.text("spec.template.spec.containers[0].resources.limits.memory"))
                  .isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{op: copy, path: /a, from: /b}]    | no operation of ours
          [{op: add, path: /a, value: 2}]     | there already
          [{op: add, path: /x/y, value: 2}]   | nothing there
          [{op: replace, path: /b, value: 2}] | nothing there
          [{op: remove, path: /l/7}]          | nothing there
          [{op: test, path: /a, value: 2}]    | not so
          """)
  void refusesPatchesThatDoNotFit(String patch, String says) {
    assertThatThrownBy(() -> patched(patch)).hasMessageStartingWith(says);
  }

  @Test
  void patches() {
    assertThat(
            patched(
                """
                - {op: test, path: /a, value: 1}
                - {op: replace, path: /a, value: 2}
                - {op: add, path: /l/-, value: z}
                - {op: add, path: /l/0, value: y}
                - {op: remove, path: /l/1}
                - {op: add, path: /c~1d, value: {e: f}}
                """))
        .hasToString("{a=2, l=[y, z], c/d={e=f}}");
  }

  private static Object patched(String patch) {
    Object tree = Trees.copy(Objects.parse("", "{a: 1, l: [x]}").all().getFirst().content());
    Object operations = new org.yaml.snakeyaml.Yaml().load(patch);
    JsonPatch.apply(tree, Trees.asList((List<?>) operations));
    return tree;
  }

  /** The language of overlays is kustomize's; what we read of it is held against the real one. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/developer", "overlays/ci"})
  void readsItAsKubectlDoes(String folder) throws Exception {
    assumeThat(hasKubectl()).as("kubectl is at hand").isTrue();
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", Kustomization.ROOT.resolve(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String made = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(kubectl.waitFor()).isZero();
    assertThat(byKey(Objects.parse(folder, made))).isEqualTo(byKey(Kustomization.build(folder)));
  }

  private static Map<String, Map<String, Object>> byKey(Objects objects) {
    return new ArrayList<>(objects.all())
        .stream().collect(Collectors.toMap(Manifest::key, Manifest::content));
  }

  private static boolean hasKubectl() throws IOException {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .map(Path::of)
        .map(folder -> folder.resolve("kubectl"))
        .anyMatch(Files::isExecutable);
  }
}
