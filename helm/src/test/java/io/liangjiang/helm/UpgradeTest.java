package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Upgrades from the released chart: fields that Kubernetes lets nobody change are as they were
 * installed. {@code mvn test -pl helm -Dchart.release} records them, at a release and never else.
 */
class UpgradeTest {
  private static final Path RELEASED = Path.of("src/test/released");
  private static final Map<String, List<String>> IMMUTABLE =
      Map.of(
          "Deployment", List.of("spec.selector"),
          "StatefulSet", List.of("spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"),
          "Service", List.of("spec.clusterIP", "spec.type"),
          "RoleBinding", List.of("roleRef"),
          "Cluster", List.of("spec.bootstrap.initdb", "spec.storage.storageClass"));

  @TestFactory
  Stream<DynamicTest> touchesNothingThatCannotChange() {
    return Stream.of("evaluation", "multi-replica", "production")
        .map(values -> DynamicTest.dynamicTest(values, () -> compare(values)));
  }

  private static void compare(String values) {
    Path file = RELEASED.resolve(values + ".yaml");
    Map<String, Object> now = immutable(Chart.objects(values));
    if (System.getProperty("chart.release") != null) {
      DumperOptions options = new DumperOptions();
      options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
      Chart.write(file, new Yaml(options).dump(now));
    }
    assertThat(changed(Chart.yaml(file), now)).isEmpty();
  }

  /** Objects that are in both and differ, and Clusters that are gone, for they hold data. */
  private static List<String> changed(Map<String, Object> before, Map<String, Object> now) {
    List<String> changed = new ArrayList<>();
    before.forEach(
        (key, fields) -> {
          Object other = now.get(key);
          if (other == null ? key.startsWith("Cluster/") : !other.equals(fields)) {
            changed.add(key);
          }
        });
    return changed;
  }

  private static Map<String, Object> immutable(Objects objects) {
    Map<String, Object> found = new TreeMap<>();
    for (Manifest object : objects.all()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (String path : IMMUTABLE.getOrDefault(object.kind(), List.of())) {
        Object value = Trees.find(object.content(), path);
        if (value != null) {
          fields.put(path, Trees.copy(value));
        }
      }
      if (!fields.isEmpty() && !object.isHook()) {
        found.put(object.key(), fields);
      }
    }
    return found;
  }

  @Test
  void catchesASelectorThatChanged() {
    Objects objects = Chart.objects("evaluation");
    Map<String, Object> before = immutable(objects.copy());
    objects.first("Deployment").with("spec.selector.matchLabels.tier", "backend");

    assertThat(changed(before, immutable(objects)))
        .containsExactly(objects.first("Deployment").key());
  }

  @Test
  void catchesAServiceThatGotAnAddress() {
    Objects objects = Chart.objects("evaluation");
    Map<String, Object> before = immutable(objects.copy());
    objects.named("Service", "liangjiang-identity-grpc").without("spec.clusterIP");

    assertThat(changed(before, immutable(objects)))
        .containsExactly("Service/liangjiang-identity-grpc");
  }

  @Test
  void catchesACollectionOfVolumesThatChanged() {
    Objects objects = Chart.objects("multi-replica");
    Map<String, Object> before = immutable(objects.copy());
    objects
        .first("StatefulSet")
        .with("spec.volumeClaimTemplates[0].spec.resources.requests.storage", "6Gi");

    assertThat(changed(before, immutable(objects)))
        .containsExactly("StatefulSet/liangjiang-database");
  }

  @Test
  void catchesADatabaseThatIsGone() {
    Objects objects = Chart.objects("production");
    Map<String, Object> before = immutable(objects.copy());
    objects.all().remove(objects.first("Cluster"));

    assertThat(changed(before, immutable(objects))).hasSize(1);
  }
}
