package io.liangjiang.sandbox.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdNumberTest {
  @Test
  void computesTheCheckCharacterOfTheStandardsExample() {
    assertThat(IdNumber.of("110105", LocalDate.of(1949, 12, 31), 2))
        .isEqualTo("11010519491231002X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11010519491231002X", "440524188001010014"})
  void takesValidNumbers(String number) {
    assertThat(IdNumber.isValid(number)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11010519491231002x",
        "110105194912310021",
        "11010519490231002X",
        "1101051949123100",
        "",
        "abc"
      })
  void refusesWrongOnes(String number) {
    assertThat(IdNumber.isValid(number)).isFalse();
  }

  @Test
  void refusesNone() {
    assertThat(IdNumber.isValid(null)).isFalse();
  }
}
