package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;

/** What every journey ends with. */
final class Books {
  private Books() {}

  static void areZero(City city) {
    ExtractableResponse<Response> balance =
        Caller.staff(city, "auditor").get("/v1/trialBalance").statusCode(200).extract();

    assertThat(balance.<Number>path("sumMinor").longValue()).isZero();
    assertThat(balance.<Boolean>path("balancesMatchJournal")).isTrue();
  }
}
