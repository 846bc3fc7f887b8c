package io.liangjiang.platform.citizenid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CitizenIdNumberTest {
  // The example numbers of GB 11643-1999 itself.
  private static final String WITH_DIGIT = "44052418800101001" + "4";
  private static final String WITH_X = "11010519491231002" + "X";

  @Test
  void readsTheExamplesOfTheStandard() {
    var number = CitizenIdNumber.parse(WITH_X).orElseThrow();

    assertThat(number.clearText()).isEqualTo(WITH_X);
    assertThat(number.birthDate()).isEqualTo(LocalDate.of(1949, 12, 31));
    assertThat(CitizenIdNumber.parse(WITH_DIGIT).orElseThrow().birthDate())
        .isEqualTo(LocalDate.of(1880, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "11010519491231002",
        "11010519491231002x",
        "110105194912310021",
        "11010519491231002XX",
        "1101051949123100 X",
        "１10105194912310028",
        "01010519491231002X",
      })
  void refusesWhatIsNotWellFormed(String text) {
    assertThat(CitizenIdNumber.parse(text)).isEmpty();
  }

  @Test
  void refusesADateThatIsNoneThoughTheCheckCharacterIsRight() {
    String digits = "11010520230229001";

    assertThat(CitizenIdNumber.parse(digits + CitizenIdNumber.checkCharacter(digits))).isEmpty();
  }

  @Test
  void findsEveryWrongDigitAndEveryExchangeOfNeighbours() {
    var random = new Random(11643);
    for (int round = 0; round < 200; round++) {
      String number = randomNumber(random);
      assertThat(CitizenIdNumber.parse(number)).as(number).isPresent();
      int place = random.nextInt(17);
      char other = (char) ('0' + (number.charAt(place) - '0' + 1 + random.nextInt(9)) % 10);
      assertThat(CitizenIdNumber.parse(replaced(number, place, other))).as(number).isEmpty();
      char left = number.charAt(place);
      char right = number.charAt(place + 1);
      if (left != right && right != 'X') {
        String exchanged = replaced(replaced(number, place, right), place + 1, left);
        assertThat(CitizenIdNumber.parse(exchanged)).as(number).isEmpty();
      }
    }
  }

  @Test
  void itsTextFormShowsNeitherBirthNorOrder() {
    assertThat(CitizenIdNumber.parse(WITH_X).orElseThrow()).hasToString("11" + "*".repeat(16));
  }

  private static String randomNumber(Random random) {
    var birth = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000));
    String digits =
        "%06d%04d%02d%02d%03d"
            .formatted(
                100_000 + random.nextInt(500_000),
                birth.getYear(),
                birth.getMonthValue(),
                birth.getDayOfMonth(),
                random.nextInt(1000));
    return digits + CitizenIdNumber.checkCharacter(digits);
  }

  private static String replaced(String text, int place, char with) {
    var changed = new StringBuilder(text);
    changed.setCharAt(place, with);
    return changed.toString();
  }
}
