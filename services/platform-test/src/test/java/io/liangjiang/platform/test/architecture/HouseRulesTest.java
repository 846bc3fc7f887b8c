package io.liangjiang.platform.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rule counts only when the violation planted for it fails it, and code as we write it passes.
 */
class HouseRulesTest {
  private static final String PLANTED = HouseRulesTest.class.getPackageName() + ".planted.";

  @ParameterizedTest
  @EnumSource
  void failsOnThePlantedViolation(HouseRule rule) {
    var planted = planted(rule.name().toLowerCase(Locale.ROOT).replace("_", ""));

    var violations = rule.rule().evaluate(planted).getFailureReport().getDetails();

    assertThat(violations).isNotEmpty().allMatch(v -> v.contains("Planted"));
  }

  @ParameterizedTest
  @EnumSource
  void passesOnCodeAsWeWriteIt(HouseRule rule) {
    assertThat(rule.rule().evaluate(planted("nothing")).hasViolation()).isFalse();
  }

  @Test
  void refusesPackageWithoutClasses() {
    assertThatThrownBy(() -> HouseRules.testsFor("io.liangjiang.nowhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @TestFactory
  Stream<DynamicTest> platformKeepsTheHouseRules() {
    return HouseRules.testsFor("io.liangjiang.platform");
  }

  private static JavaClasses planted(String violation) {
    var classes = new ClassFileImporter().importPackages(PLANTED + violation);
    assertThat(classes).as(violation).isNotEmpty();
    return classes;
  }
}
