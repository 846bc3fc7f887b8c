package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cell that no example holds is named, and so is a list that is out of date. */
class OwnershipCellsTest {
  private static final String CITIZEN = "citizen 0199a2c4-7d00-7000-8000-000000009001";
  private static final String TRIP = "{\"tripId\": \"0199a2c4-7d00-7000-8000-000000008001\"}";
  private static final Map<String, String> LISTED =
      Map.of("TripService/ListTrips citizen", "planted");

  private static final Exchange MADE = exchange("CreateTrip", CITIZEN, "{}", TRIP);
  private static final Exchange READ = exchange("GetTrip", CITIZEN, TRIP, TRIP);
  private static final Exchange CANCELLED = exchange("CancelTrip", CITIZEN, TRIP, TRIP);

  private static Exchange exchange(String rpc, String caller, String request, String response) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rpc", "liangjiang.tourism.v1.TripService/" + rpc);
    json.put("caller", caller);
    json.set("request", parsed(request));
    json.set("response", parsed(response));
    return new Exchange(json);
  }

  private static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> gaps(Map<String, String> listed, Exchange... exchanges) {
    var file = JsonNodeFactory.instance.objectNode();
    var conversation = new Conversation("planted", file, List.of(exchanges));
    return OwnershipCells.of(List.of(conversation), TripServiceGrpc.getServiceDescriptor())
        .gaps(listed);
  }

  @Test
  void cellsThatAreHeldOrListedAreNoGaps() {
    assertThat(gaps(LISTED, MADE, READ, CANCELLED)).isEmpty();
  }

  @Test
  void anRpcThatNoExampleHoldsIsNamed() {
    assertThat(gaps(LISTED, MADE, READ))
        .containsExactly(
            "TripService/CancelTrip citizen has no example with an object of somebody's");
  }

  @Test
  void whatTheCallerNamesFirstIsNobodysObject() {
    assertThat(gaps(LISTED, READ, CANCELLED)).hasSize(3).allMatch(gap -> gap.contains("has no"));
  }

  @Test
  void whatAnswersWithNothingOfTheCallersMakesNothing() {
    Exchange empty = exchange("CreateTrip", CITIZEN, "{}", "{}");
    assertThat(gaps(LISTED, MADE, READ, CANCELLED, empty)).isEmpty();
    assertThat(gaps(LISTED, empty))
        .contains("TripService/CreateTrip citizen has no example with an object of somebody's");
  }

  @Test
  void aServicesExampleHoldsNoCellOfCitizens() {
    Exchange services = exchange("GetTrip", "service payments", TRIP, TRIP);

    assertThat(gaps(LISTED, MADE, services, CANCELLED))
        .containsExactly("TripService/GetTrip citizen has no example with an object of somebody's");
  }

  @Test
  void anEntryThatIsHeldOrNoCellIsNamed() {
    var listed = new HashMap<>(LISTED);
    listed.put("TripService/GetTrip citizen", "planted");
    listed.put("TripService/GetTrip staff", "planted");

    assertThat(gaps(listed, MADE, READ, CANCELLED))
        .containsExactly(
            "TripService/GetTrip citizen is listed and held by an example",
            "TripService/GetTrip staff is listed and no cell");
  }

  @Test
  void aListThatShowsTheCallersOwnIsHeld() {
    Exchange listed = exchange("ListTrips", CITIZEN, "{}", "{\"trips\": [" + TRIP + "]}");

    assertThat(gaps(LISTED, MADE, READ, CANCELLED, listed))
        .containsExactly("TripService/ListTrips citizen is listed and held by an example");
  }
}
