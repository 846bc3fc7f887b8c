package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;

import io.liangjiang.standalone.city.City;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The persons of the simulated register; nobody is given out twice as the owner of an account. */
final class Persons {
  private static final int COUNT = 2_000;
  private static final AtomicInteger GIVEN_OUT = new AtomicInteger();

  private Persons() {}

  /** All of them, each with {@code name} and {@code idNumber}. */
  static List<Map<String, String>> all(City city) {
    return given()
        .baseUri(city.sandboxUrl().toString())
        .get("/testPersons?count=" + COUNT)
        .then()
        .statusCode(200)
        .extract()
        .path("testPersons");
  }

  /** One who has no account yet. */
  static Map<String, String> fresh(City city) {
    return all(city).get(COUNT - 1 - GIVEN_OUT.getAndIncrement());
  }
}
