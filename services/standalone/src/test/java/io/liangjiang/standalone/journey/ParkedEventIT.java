package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An event that was put aside takes effect when an operator says so at the gateway. */
@ExtendWith(CityExtension.class)
final class ParkedEventIT {
  /** Of a type that nobody handles any more: it takes effect without changing anything. */
  private static final String PARK =
      """
      insert into parked_event (consumer_group, event_id, event, failure)
      values ('tourism.trips', ?::uuid, decode('1a0c746573742e4e6f7468696e67', 'hex'), 'it failed')
      returning event_id::text
      """;

  private static final String EVENTS = "/v1/services/tourism/parkedEvents";

  private final City city;

  ParkedEventIT(City city) {
    this.city = city;
  }

  @Test
  void isReplayedByTheServiceThatPutItAside() {
    String event = park();
    Caller admin = Caller.staff(city, "admin");
    assertThat(states(admin, EVENTS, event)).containsExactly("PARKED");
    assertThat(states(admin, "/v1/services/transit/parkedEvents", event)).isEmpty();

    admin.post(EVENTS + "/" + event + ":replay", Map.of("reason", "mended")).statusCode(200);

    String all = EVENTS + "?includeOver=true";
    assertThat(Eventually.is(() -> states(admin, all, event), List.of("REPLAYED")::equals))
        .containsExactly("REPLAYED");
    JsonPath decisions =
        Caller.staff(city, "auditor")
            .get("/v1/services/tourism/parkedEventDecisions?eventId=" + event)
            .extract()
            .jsonPath();
    assertThat(decisions.getList("decisions.reason")).containsExactly("mended");
    assertThat(decisions.getString("decisions[0].operator")).isNotEmpty();
    assertThat(refusal(admin, EVENTS + "/" + event + ":drop")).isEqualTo("PARKED_EVENT_OVER");
  }

  @Test
  void isSoughtInTheServiceOfThePath() {
    String event = park();
    Caller admin = Caller.staff(city, "admin");

    for (String other : new String[] {"payments", "transit", "healthcare", "identity"}) {
      assertThat(refusal(admin, "/v1/services/" + other + "/parkedEvents/" + event + ":drop"))
          .isEqualTo("PARKED_EVENT_NOT_FOUND");
    }
    assertThat(refusal(admin, "/v1/services/gateway/parkedEvents/" + event + ":drop"))
        .isEqualTo("ROUTE_NOT_FOUND");
    admin.post(EVENTS + "/" + event + ":drop", Map.of("reason", "by hand")).statusCode(200);
  }

  private String park() {
    return new DatabaseDump(city).ask(Service.TOURISM, PARK, UUID.randomUUID().toString());
  }

  private static List<String> states(Caller caller, String list, String event) {
    return caller.ask(list, "parkedEvents.findAll { it.eventId == '" + event + "' }.state");
  }

  private static String refusal(Caller caller, String path) {
    return caller.post(path, Map.of("reason", "a try")).extract().path("reason");
  }
}
