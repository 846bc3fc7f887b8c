package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Alerts and dashboards speak of metrics that exist, and say what to do. */
class AlertsTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern METRIC = Pattern.compile("liangjiang_[a-z_]+");
  private static final Set<String> OF_HISTOGRAMS = Set.of("_count", "_bucket", "_sum");

  private final Objects production = Chart.objects("production");

  private List<Object> alerts() {
    return production.first("PrometheusRule").list("spec.groups[0].rules");
  }

  private String dashboard() {
    return production.named("ConfigMap", "liangjiang-dashboard").text("data.\"liangjiang.json\"");
  }

  @Test
  void speakOfMetricsThatAreInTheListOfNames() {
    Set<String> listed = names(Chart.read(DOCS.resolve("telemetry.md")).lines());

    assertThat(names(alerts().stream().map(alert -> Trees.text(alert, "expr"))))
        .hasSizeGreaterThan(6)
        .isSubsetOf(listed);
    assertThat(names(dashboard().lines())).hasSizeGreaterThan(10).isSubsetOf(listed);
  }

  private static Set<String> names(Stream<String> texts) {
    Set<String> names = new TreeSet<>();
    texts.forEach(
        text ->
            METRIC
                .matcher(text)
                .results()
                .forEach(
                    result -> {
                      String name = result.group();
                      for (String suffix : OF_HISTOGRAMS) {
                        if (name.endsWith("_seconds" + suffix)) {
                          name = name.substring(0, name.length() - suffix.length());
                        }
                      }
                      names.add(name);
                    }));
    return names;
  }

  @Test
  void everyAlertHasARunbook() {
    List<String> headings =
        Chart.read(DOCS.resolve("operations.md"))
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();

    assertThat(alerts().stream().map(alert -> Trees.text(alert, "alert")))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(10)
        .containsExactlyElementsOf(headings);
    assertThat(alerts())
        .allSatisfy(
            alert ->
                assertThat(Trees.text(alert, "annotations.runbook_url"))
                    .endsWith("#" + Trees.text(alert, "alert").toLowerCase(Locale.ROOT)));
  }

  @Test
  void everyAlertIsAboutThisReleaseOnly() {
    assertThat(alerts())
        .allSatisfy(
            alert ->
                assertThat(Trees.text(alert, "expr").replaceAll("\\{namespace=\"city\"[^}]*}", ""))
                    .doesNotContain("{"));
  }

  @Test
  void everyAlertWakesSomebodyOrNot() {
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(Trees.text(alert, "labels.severity")).isIn("critical", "warning");
              assertThat(Trees.text(alert, "for")).matches("\\d+[mh]");
              assertThat(Trees.text(alert, "annotations.summary")).isNotBlank();
            });
  }

  @Test
  void everyPanelHasItsPlaceAndItsQueries() {
    List<Object> panels = Trees.list(new Yaml().load(dashboard()), "panels");

    assertThat(panels)
        .hasSizeGreaterThan(10)
        .allSatisfy(panel -> assertThat(Trees.list(panel, "targets")).isNotEmpty());
    assertThat(panels.stream().map(panel -> Trees.map(panel, "gridPos")))
        .doesNotHaveDuplicates()
        .allSatisfy(place -> assertThat(place).containsOnlyKeys("h", "w", "x", "y"));
  }

  @Test
  void metricsAreReadFromEveryComponent() {
    Manifest monitor = production.first("ServiceMonitor");
    // Of the forms that Prometheus knows the one with exemplars.
    assertThat(monitor.list("spec.scrapeProtocols")).containsExactly("OpenMetricsText1.0.0");

    assertThat(
            production
                .of("Service")
                .filter(
                    service ->
                        service
                            .map("metadata.labels")
                            .entrySet()
                            .containsAll(monitor.map("spec.selector.matchLabels").entrySet()))
                .map(Manifest::component))
        .containsExactlyInAnyOrder(
            "identity", "payments", "transit", "tourism", "healthcare", "gateway");
  }
}
