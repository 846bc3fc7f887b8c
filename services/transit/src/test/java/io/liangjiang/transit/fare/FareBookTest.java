package io.liangjiang.transit.fare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FareBookTest {
  private static final Line CITY = new Line("503", "503路", "红旗河沟 - 朝天门", "city", "主城公交", "bus");
  private static final Line SHUTTLE = new Line("T1", "T1", "a - b", "shuttle", "接驳", "bus");

  private static final List<FareProduct> PRODUCTS =
      List.of(
          new FareProduct("single", "单程", "adult", 200, "CNY"),
          new FareProduct("single", "单程", "student", 100, "CNY"),
          new FareProduct("dear", "高价", "adult", 900, "CNY"),
          new FareProduct("free", "免费", "adult", 0, "CNY"));

  private static FareBook book(FareLegRule... rules) {
    return new FareBook(List.of(CITY, SHUTTLE), PRODUCTS, List.of(rules));
  }

  @Test
  void pricesLineByItsNetworkAndExplainsInOneSentence() {
    FareBook book = book(new FareLegRule("city", "single", 0), new FareLegRule("", "free", 0));

    Fare fare = book.fare(CITY, FareBook.ADULT);

    assertThat(fare.product().amountMinor()).isEqualTo(200);
    assertThat(fare.explanation())
        .isEqualTo("Boarding 503路 (主城公交) as adult costs the flat fare of 2.00 CNY (单程).");
  }

  @Test
  void fallsBackToRuleForEveryNetwork() {
    FareBook book = book(new FareLegRule("city", "single", 0), new FareLegRule("", "free", 0));

    assertThat(book.fare(SHUTTLE, FareBook.ADULT).explanation())
        .isEqualTo("Boarding T1 (接驳) as adult is free (免费).");
  }

  @Test
  void prefersTheRuleOfHighestPriorityInWhateverOrderRulesCome() {
    FareLegRule low = new FareLegRule("city", "dear", 1);
    FareLegRule high = new FareLegRule("city", "single", 2);
    FareLegRule rest = new FareLegRule("", "free", 0);

    for (FareBook book : List.of(book(low, high, rest), book(rest, high, low))) {
      assertThat(book.fare(CITY, FareBook.ADULT).product().fareProductId()).isEqualTo("single");
    }
  }

  @Test
  void pricesRiderCategoryAndFallsBackToAdult() {
    FareBook book = book(new FareLegRule("", "single", 0));

    assertThat(book.fare(CITY, "student").product().amountMinor()).isEqualTo(100);
    assertThat(book.fare(CITY, "senior").product().amountMinor()).isEqualTo(200);
  }

  @Test
  void refusesFeedWithLineThatHasNoFare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book(new FareLegRule("city", "single", 0)))
        .withMessageContaining("T1");
  }

  @Test
  void findsLineOfItsOperatorOnly() {
    FareBook book = book(new FareLegRule("", "single", 0));

    assertThat(book.findLine("503", "bus")).contains(CITY);
    assertThat(book.findLine("503", "other")).isEmpty();
    assertThat(book.findLine("504", "bus")).isEmpty();
    assertThat(book.linesAfter("", 1)).containsExactly(CITY);
    assertThat(book.linesAfter("503", 5)).containsExactly(SHUTTLE);
  }
}
