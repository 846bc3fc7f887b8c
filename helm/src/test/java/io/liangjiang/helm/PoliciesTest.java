package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PoliciesTest {
  private static final int FEWEST_RULES = 60;

  @Test
  void hasManyRulesAndNoneTwice() {
    List<String> names = Rules.all().stream().map(Rule::name).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(FEWEST_RULES);
  }

  @TestFactory
  Stream<DynamicTest> everySetOfValuesKeepsEveryRule() {
    return Chart.valueSets().stream()
        .map(
            values ->
                DynamicTest.dynamicTest(
                    values,
                    () -> {
                      Objects objects = Chart.objects(values);
                      assertThat(
                              Rules.all().stream()
                                  .flatMap(rule -> rule.violations(objects).stream()))
                          .isEmpty();
                    }));
  }

  /** Where the simulated world stands beside components that have certificates. */
  @Test
  void aTrialWithCertificatesKeepsEveryRule() {
    Objects objects = Chart.objects("evaluation", Map.of("tls.enabled", true));

    assertThat(Rules.all().stream().flatMap(rule -> rule.violations(objects).stream())).isEmpty();
    assertThat(
            objects
                .named("ConfigMap", "liangjiang-payments")
                .text("data.LIANGJIANG_INSURANCE_BASE_URL"))
        .isEqualTo("http://liangjiang-sandbox:8090");
  }

  @TestFactory
  Stream<DynamicTest> everyRuleCatchesAChartThatBreaksIt() {
    List<Objects> sets = Chart.valueSets().stream().map(Chart::objects).toList();
    return Rules.all().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.name(),
                    () ->
                        assertThat(sets.stream().anyMatch(set -> catches(rule, set)))
                            .as("a chart that breaks: " + rule.name())
                            .isTrue()));
  }

  private static boolean catches(Rule rule, Objects set) {
    Objects broken = set.copy();
    try {
      rule.breakage().accept(broken);
    } catch (NoSuchElementException e) {
      return false;
    }
    return !rule.violations(broken).isEmpty();
  }
}
