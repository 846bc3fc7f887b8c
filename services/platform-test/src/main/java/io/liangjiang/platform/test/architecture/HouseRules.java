package io.liangjiang.platform.test.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds a service against the rules of the house. Use it in a test factory:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheHouseRules() {
 *   return HouseRules.testsFor("io.liangjiang.tourism");
 * }
 * }</pre>
 */
public final class HouseRules {
  private static final Pattern GENERATED = Pattern.compile(".*/v[0-9]+/[^/]+\\.class");
  private static final Pattern TEST_SUPPORT = Pattern.compile(".*/platform/test/.*");

  private HouseRules() {}

  /**
   * One test a rule over the production classes below the packages. Fails at once when there is no
   * class to look at, for then the name is wrong.
   */
  public static Stream<DynamicTest> testsFor(String... basePackages) {
    var classes = production(basePackages);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("no classes in " + Arrays.toString(basePackages));
    }
    return Arrays.stream(HouseRule.values())
        .map(
            r -> DynamicTest.dynamicTest(r.rule().getDescription(), () -> r.rule().check(classes)));
  }

  private static JavaClasses production(String... basePackages) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(HouseRules::isWrittenForProduction)
        .importPackages(basePackages);
  }

  private static boolean isWrittenForProduction(Location location) {
    return !location.matches(GENERATED) && !location.matches(TEST_SUPPORT);
  }
}
