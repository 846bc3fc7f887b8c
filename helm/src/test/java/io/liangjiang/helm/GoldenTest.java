package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Shows what a change of the chart changes of what is installed. {@code make chart} writes the
 * files anew; the difference is to be read before it is committed. Components are all made by the
 * same templates, so that each set shows some of them.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final Map<String, Set<String>> UNSEEN =
      Map.of(
          "evaluation", Set.of("identity", "transit", "tourism", "healthcare", "gateway"),
          "production", Set.of("payments", "transit", "tourism", "healthcare"));

  @TestFactory
  Stream<DynamicTest> rendersWhatWasAccepted() {
    return UNSEEN.keySet().stream()
        .map(values -> DynamicTest.dynamicTest(values, () -> compare(values)));
  }

  private static void compare(String values) {
    Path file = GOLDEN.resolve(values + ".yaml");
    String rendered = seen(Chart.objects(values));
    if (Chart.isAccepting()) {
      Chart.write(file, rendered);
    }
    assertThat(rendered)
        .as("make chart accepts what the chart renders now")
        .isEqualTo(Chart.read(file));
  }

  private static String seen(Objects objects) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setExplicitStart(true);
    options.setWidth(200);
    Yaml yaml = new Yaml(options);
    return objects.all().stream()
        .filter(object -> !UNSEEN.get(objects.values()).contains(object.component()))
        .map(object -> yaml.dump(object.content()))
        .collect(Collectors.joining());
  }
}
