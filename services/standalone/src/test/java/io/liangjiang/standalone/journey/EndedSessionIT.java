package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A citizen ends the session of a lost phone. The phone's access token is good for minutes more,
 * and the gateway, which asks identity nothing when it is called, refuses it all the same.
 */
@ExtendWith(CityExtension.class)
final class EndedSessionIT {
  /** What the city promises, from the answer to the citizen to the refusal of the phone. */
  private static final Duration PROMISE = Duration.ofSeconds(5);

  /** Something of a service that would take the token. */
  private static final String WALLET = "/v1/wallets/me";

  private final City city;

  EndedSessionIT(City city) {
    this.city = city;
  }

  @Test
  void isRefusedWithinFiveSeconds() {
    Citizen lost = inUse();
    Citizen other = inUse();

    end(lost);

    assertRefused(lost);
    assertThat(other.caller().getOnce(WALLET).extract().statusCode()).isEqualTo(200);
  }

  @Test
  void isRefusedAfterTheFeedWasCut() throws InterruptedException {
    Citizen before = inUse();
    Citizen after = inUse();

    end(before);
    city.kill("identity");
    city.restart("identity");
    assertRefused(before);

    end(after);
    assertRefused(after);
  }

  @Test
  void isRefusedByAGatewayThatWasAwayWhenItEnded() throws InterruptedException {
    List<Citizen> lost = List.of(inUse(), inUse());
    lost.forEach(this::end);

    city.kill("gateway"); // with all that it knew
    city.restart("gateway");

    lost.forEach(this::assertRefused);
  }

  /** A session whose token is good. */
  private Citizen inUse() {
    Citizen citizen = Citizen.signedIn(city);
    citizen.caller().get(WALLET).statusCode(200);
    return citizen;
  }

  private void end(Citizen citizen) {
    String sessionId = citizen.caller().ask("/v1/sessions", "sessions[0].sessionId");
    citizen.caller().post("/v1/sessions/" + sessionId + ":revoke", Map.of()).statusCode(200);
  }

  private void assertRefused(Citizen citizen) {
    ExtractableResponse<Response> answer =
        Eventually.within(
            PROMISE,
            () -> citizen.caller().getOnce(WALLET).extract(),
            each -> each.statusCode() == 401);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.<String>path("reason")).isEqualTo("SESSION_REVOKED");
  }
}
