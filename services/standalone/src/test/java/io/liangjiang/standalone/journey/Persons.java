package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;

import io.liangjiang.standalone.city.City;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The persons of the simulated register; nobody is given out twice as the owner of an account. */
final class Persons {
  private static final int COUNT = 2_000;
  private static final int LATEST_YEAR_OF_THE_GROWN_UP = 2000;

  /** Far from those who are given out one by one; each sixth person on is a child as well. */
  private static final int FIRST_CHILD = 601;

  private static final int PERSONS_A_FAMILY = 6;
  private static final AtomicInteger GIVEN_OUT = new AtomicInteger();
  private static final AtomicInteger FAMILIES = new AtomicInteger();

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

  /** A citizen of age. */
  static Citizen grownUp(City city) {
    Map<String, String> person = fresh(city);
    while (yearOfBirth(person) > LATEST_YEAR_OF_THE_GROWN_UP) {
      person = fresh(city);
    }
    return Citizen.verified(city, person);
  }

  /** A mother or father and then the child, both with accounts, whom the register knows as such. */
  static List<Citizen> parentAndChild(City city) {
    List<Map<String, String>> all = all(city);
    int child = FIRST_CHILD + FAMILIES.getAndIncrement() * PERSONS_A_FAMILY;
    return List.of(
        Citizen.verified(city, all.get(child - 1)), Citizen.verified(city, all.get(child)));
  }

  private static int yearOfBirth(Map<String, String> person) {
    return Integer.parseInt(person.getOrDefault("idNumber", ""), 6, 10, 10);
  }

  /** One who has no account yet. */
  static Map<String, String> fresh(City city) {
    return all(city).get(COUNT - 1 - GIVEN_OUT.getAndIncrement());
  }
}
