package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShapesTest {
  /** Maps whose keys are anybody's: the rules look at those that matter. */
  private static final Set<String> FREE =
      Set.of(
          "labels",
          "annotations",
          "data",
          "matchLabels",
          "selector",
          "requests",
          "limits",
          "parameters",
          "nodeSelector");

  private static final int FEWEST_FIELDS = 250;

  @TestFactory
  Stream<DynamicTest> everyObjectHasKnownFieldsOfTheirTypes() {
    return Chart.valueSets().stream()
        .map(
            values ->
                DynamicTest.dynamicTest(
                    values,
                    () ->
                        assertThat(
                                Chart.objects(values).all().stream()
                                    .flatMap(object -> Shapes.faults(object).stream()))
                            .isEmpty()));
  }

  @Test
  void catchesAMisspeltFieldWhereverItIs() {
    Set<String> tried = new HashSet<>();
    List<String> missed = new ArrayList<>();
    for (String values : Chart.valueSets()) {
      for (Manifest object : Chart.objects(values).all()) {
        Trees.entries(
            object.content(),
            (path, entry) -> {
              String place =
                  object.kind() + " " + path.replaceAll("\\[\\d+]", "[]") + " " + entry.getKey();
              if (!isFree(path) && tried.add(place) && !isCaught(object, path, entry)) {
                missed.add(place);
              }
            });
      }
    }

    assertThat(missed).isEmpty();
    assertThat(tried).hasSizeGreaterThan(FEWEST_FIELDS);
  }

  private static boolean isFree(String path) {
    String last = path.substring(path.lastIndexOf('.') + 1).replace("\"", "");
    return FREE.contains(last);
  }

  private static boolean isCaught(Manifest object, String path, Map.Entry<String, Object> entry) {
    Manifest broken = object.copy();
    Object parent = path.isEmpty() ? broken.content() : Trees.find(broken.content(), path);
    Object value = Trees.asMap(parent).remove(entry.getKey());
    Trees.asMap(parent).put(entry.getKey() + "s", value);
    return !Shapes.faults(broken).isEmpty();
  }

  @Test
  void catchesATextWhereANumberBelongs() {
    Manifest deployment = Chart.objects("evaluation").first("Deployment");
    deployment.with("spec.replicas", "1");

    assertThat(Shapes.faults(deployment)).anyMatch(fault -> fault.contains("spec.replicas"));
  }

  @Test
  void catchesANumberWhereATextBelongs() {
    Manifest map = Chart.objects("evaluation").first("ConfigMap");
    map.with("data.QUARKUS_HTTP_PORT", 8080);

    assertThat(Shapes.faults(map)).isNotEmpty();
  }

  @Test
  void catchesAFieldThatIsMissing() {
    Manifest deployment = Chart.objects("evaluation").first("Deployment");
    deployment.without("spec.selector");

    assertThat(Shapes.faults(deployment)).isNotEmpty();
  }

  @Test
  void catchesAListWhereAMapBelongs() {
    Manifest deployment = Chart.objects("evaluation").first("Deployment");
    deployment.with("spec.template.spec.securityContext", List.of("runAsNonRoot"));

    assertThat(Shapes.faults(deployment)).isNotEmpty();
  }
}
