package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An auditor closes a day with what the live channel and the live bureau say of it: the day before
 * yesterday, which payments does not import by itself. Today is not over.
 */
@ExtendWith(CityExtension.class)
final class ClosedDayIT {
  private final City city;
  private final Caller auditor;

  ClosedDayIT(City city) {
    this.city = city;
    this.auditor = Caller.staff(city, "auditor");
  }

  @AfterEach
  void endFaults() {
    given().baseUri(city.sandboxUrl().toString()).delete("/faults").then().statusCode(200);
    Books.areZero(city);
  }

  @Test
  void aDayClosesWhenTheChannelHasSpokenAndStaysClosed() throws InterruptedException {
    String day = "/v1/businessDays/" + Park.today().minusDays(2);
    channelAnswers("FAIL");

    assertThat(billOf(auditor.post(day + ":importBills", Map.of()))).isEqualTo("EXPECTED");
    assertThat(refusal(day + ":close")).isEqualTo("BILL_MISSING");

    channelAnswers("NORMAL");
    assertThat(billOf(auditor.post(day + ":importBills", Map.of()))).isEqualTo("IMPORTED");
    UUID key = UUID.randomUUID();
    JsonPath closed = close(day, key);
    assertThat(closed.getString("state")).isEqualTo("CLOSED");

    city.kill("payments");
    city.restart("payments");

    assertThat(close(day, key).getString("closeTime")).isEqualTo(closed.getString("closeTime"));
    assertThat(refusal(day + ":close")).isEqualTo("DAY_CLOSED");
    assertThat(refusal(day + ":importBills")).isEqualTo("DAY_CLOSED");
  }

  @Test
  void todayIsNotOver() {
    Citizen.signedIn(city).withMoney(100);
    String today = "/v1/businessDays/" + Park.today();

    assertThat(refusal(today + ":importBills")).isEqualTo("DAY_NOT_OVER");
    assertThat(refusal(today + ":close")).isEqualTo("DAY_NOT_OVER");
  }

  private JsonPath close(String day, UUID key) {
    return auditor.post(day + ":close", Map.of(), key).statusCode(200).extract().jsonPath();
  }

  private String refusal(String path) {
    ValidatableResponse refused = auditor.post(path, Map.of());
    assertThat(refused.extract().statusCode()).isBetween(400, 499);
    return refused.extract().path("reason");
  }

  private static String billOf(ValidatableResponse day) {
    return day.statusCode(200).extract().path("bills.find { it.channel == 'SANDBOX_PAY' }.state");
  }

  private void channelAnswers(String how) {
    given()
        .baseUri(city.sandboxUrl().toString())
        .contentType(ContentType.JSON)
        .body(Map.of("answers", how))
        .post("/faults")
        .then()
        .statusCode(200);
  }
}
