package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * More people than places want one slot and all pay at the same time, by wallet and through the
 * channel; in the middle of it payments is killed. Every trip is paid once or not at all, no place
 * is sold twice, and the books are zero.
 */
@ExtendWith(CityExtension.class)
final class PaidTripsIT {
  private static final int TRIPS = Integer.getInteger("liangjiang.journey.trips", 1_200);
  private static final int CITIZENS = 20;
  private static final int SLOT = 1;
  private static final long FARE_FEN = 4_300;
  private static final String PRODUCT = "nanchuan-shenlong-gorge-timed";

  private final City city;

  PaidTripsIT(City city) {
    this.city = city;
  }

  @Test
  void everyTripIsPaidOnceOrNotAtAllThoughPaymentsIsKilled() throws InterruptedException {
    List<Citizen> citizens = citizens();
    Caller anyone = Caller.anonymous(city);
    int places = Park.remaining(anyone, PRODUCT, Park.today().plusDays(1), SLOT);
    long paidThroughChannel = channelFen();
    TripRush rush = new TripRush(city, citizens, slot(anyone));

    List<TripRush.Outcome> outcomes = rush.run(Persons.all(city).subList(0, TRIPS));

    List<TripRush.Outcome> sold = outcomes.stream().filter(TripRush.Outcome::isSold).toList();
    assertThat(outcomes).hasSize(TRIPS);
    assertThat(sold).hasSize(Math.min(TRIPS, places));
    assertThat(Park.remaining(anyone, PRODUCT, Park.today().plusDays(1), SLOT))
        .isEqualTo(places - sold.size());
    assertThat(ticketsOf(sold)).hasSize(sold.size());
    walletsPaidEachTripOnce(citizens, sold);
    assertThat(channelFen() - paidThroughChannel)
        .isEqualTo(FARE_FEN * sold.stream().filter(TripRush.Outcome::isPaidThroughChannel).count());
    Books.areZero(city);
  }

  private List<Citizen> citizens() {
    long enough = FARE_FEN * (TRIPS / CITIZENS + 1);
    return Stream.generate(() -> Citizen.verified(city).withMoney(enough)).limit(CITIZENS).toList();
  }

  private static String slot(Caller anyone) {
    return Park.slot(anyone, PRODUCT, Park.today().plusDays(1), SLOT);
  }

  /** All tickets of confirmed trips; a trip that never got its ticket fails. */
  private static Set<String> ticketsOf(List<TripRush.Outcome> sold) {
    Set<String> tickets = new HashSet<>();
    for (TripRush.Outcome outcome : sold) {
      String path = "/v1/trips/" + outcome.tripId();
      assertThat(outcome.citizen().stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
      List<String> ids = outcome.citizen().caller().ask(path, "ticketIds");
      assertThat(ids).hasSize(1);
      tickets.addAll(ids);
    }
    return tickets;
  }

  private static void walletsPaidEachTripOnce(List<Citizen> citizens, List<TripRush.Outcome> sold) {
    Map<Citizen, Set<String>> ordersByCitizen =
        sold.stream()
            .filter(outcome -> !outcome.isPaidThroughChannel())
            .collect(
                Collectors.groupingBy(
                    TripRush.Outcome::citizen,
                    Collectors.mapping(TripRush.Outcome::paymentOrderId, Collectors.toSet())));
    for (Citizen citizen : citizens) {
      Set<String> orders = ordersByCitizen.getOrDefault(citizen, Set.of());
      List<String> paid = paidOrders(citizen);
      assertThat(paid).doesNotHaveDuplicates();
      assertThat(new HashSet<>(paid)).isEqualTo(orders);
    }
  }

  private static List<String> paidOrders(Citizen citizen) {
    List<String> orders = new ArrayList<>();
    String pageToken = "";
    do {
      String path = "/v1/wallets/me/entries?pageSize=100&pageToken=" + pageToken;
      JsonPath page = citizen.caller().get(path).statusCode(200).extract().jsonPath();
      orders.addAll(page.getList("entries.findAll { it.kind == 'PAYMENT' }.referenceId"));
      pageToken = page.getString("nextPageToken");
    } while (!pageToken.isEmpty());
    return orders;
  }

  private long channelFen() {
    JsonPath books =
        given().baseUri(city.sandboxUrl().toString()).get("/books").then().extract().jsonPath();
    return books.getLong("paidFen") - books.getLong("refundedFen");
  }
}
