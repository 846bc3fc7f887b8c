package io.liangjiang.identity.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdNumbersTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  @ParameterizedTest
  @ValueSource(strings = {"11010519491231002X", "440524188001010014", "500103198501010013"})
  void readsOnlyNumbersThatCanBeALivingPersons(String text) {
    boolean possible = !text.startsWith("440524");
    boolean checked = text.charAt(17) == check(text);
    assertThat(IdNumbers.parse(text, TODAY).isPresent()).isEqualTo(possible && checked);
  }

  @Test
  void readsTheStandardsOwnExample() {
    var number = IdNumbers.parse("11010519491231002X", TODAY).orElseThrow();
    assertThat(number.birthDate()).isEqualTo(LocalDate.of(1949, 12, 31));
  }

  @Test
  void takesSomebodyBornTodayAndNobodyBornTomorrow() {
    String bornToday = TestNumbers.of("500103", TODAY, 1);
    assertThat(IdNumbers.parse(bornToday, TODAY)).isPresent();
    assertThat(IdNumbers.parse(bornToday, TODAY.minusDays(1))).isEmpty();
  }

  @Test
  void refusesAProvinceThatDoesNotExist() {
    LocalDate birth = LocalDate.of(1985, 1, 1);
    assertThat(IdNumbers.parse(TestNumbers.of("500103", birth, 7), TODAY)).isPresent();
    assertThat(IdNumbers.parse(TestNumbers.of("160103", birth, 7), TODAY)).isEmpty();
    assertThat(IdNumbers.parse(TestNumbers.of("990103", birth, 7), TODAY)).isEmpty();
  }

  @Test
  void refusesEverySingleMistypedDigit() {
    String right = TestNumbers.of("500103", LocalDate.of(1990, 6, 15), 42);
    for (int i = 0; i < 17; i++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        if (digit != right.charAt(i)) {
          String wrong = right.substring(0, i) + digit + right.substring(i + 1);
          assertThat(IdNumbers.parse(wrong, TODAY)).as(wrong).isEmpty();
        }
      }
    }
  }

  @Test
  void refusesEverySwapOfNeighbours() {
    String right = TestNumbers.of("500103", LocalDate.of(1990, 6, 15), 42);
    for (int i = 0; i < 16; i++) {
      char a = right.charAt(i);
      char b = right.charAt(i + 1);
      if (a != b) {
        String wrong = right.substring(0, i) + b + a + right.substring(i + 2);
        assertThat(IdNumbers.parse(wrong, TODAY)).as(wrong).isEmpty();
      }
    }
  }

  private static char check(String text) {
    return TestNumbers.checkCharacter(text.substring(0, 17));
  }
}
