package io.liangjiang.transit.fare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitFeedTest {
  private final Map<String, String> files = new HashMap<>();

  @BeforeEach
  void writeFeed() {
    files.put("networks.txt", "\ufeffnetwork_id,network_name\ncity,City bus\n");
    files.put(
        "routes.txt",
        "route_id,agency_id,network_id,route_short_name,route_long_name,route_type\n"
            + "1,bus,city,\"1 \"\"red\"\"\",\"North, South\",3\n");
    files.put(
        "fare_products.txt",
        "fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency\n"
            + "single,Single,adult,city-code,2.5,CNY\n"
            + "paper,Paper,adult,paper-ticket,3.00,CNY\n");
    files.put("fare_leg_rules.txt", "network_id,fare_product_id,rule_priority\ncity,single,0\n\n");
  }

  private TransitFeed read() {
    return TransitFeed.read(
        name -> {
          String text = files.get(name);
          if (text == null) {
            throw new FileNotFoundException(name);
          }
          return new BufferedReader(new StringReader(text));
        });
  }

  @Test
  void readsLinesAndFaresForTheCityCode() {
    TransitFeed feed = read();

    assertThat(feed.lines())
        .containsExactly(new Line("1", "1 \"red\"", "North, South", "city", "City bus", "bus"));
    assertThat(feed.products())
        .containsExactly(new FareProduct("single", "Single", "adult", 250, "CNY"));
    assertThat(feed.rules()).containsExactly(new FareLegRule("city", "single", 0));
  }

  @Test
  void namesThePlaceOfWhatIsWrong() {
    files.computeIfPresent("fare_products.txt", (name, text) -> text.replace("2.5,", "2.505,"));
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessage("fare_products.txt, row 2: amount is missing or wrong");
  }

  @Test
  void refusesLineOfNetworkThatIsNotThere() {
    files.put("networks.txt", "network_id,network_name\nother,Other\n");
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessage("routes.txt, row 2: network_id is missing or wrong");
  }

  @Test
  void refusesRowWithTooFewValues() {
    files.put("fare_leg_rules.txt", "network_id,fare_product_id,rule_priority\ncity,single\n");
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageContaining("fare_leg_rules.txt, row 2");
  }

  @Test
  void refusesFeedWithoutOneOfItsFiles() {
    files.remove("routes.txt");
    assertThatThrownBy(this::read)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("routes.txt");
  }
}
