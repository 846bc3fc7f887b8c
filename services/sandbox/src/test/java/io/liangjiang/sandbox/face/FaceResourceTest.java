package io.liangjiang.sandbox.face;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class FaceResourceTest {
  private static final String KEY = "sandbox-face-key";

  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  private static Map<String, String> person(int index) {
    List<Map<String, String>> persons =
        given().get("/testPersons").jsonPath().getList("testPersons");
    return persons.get(index);
  }

  private static Response begin(String key, UUID id, Map<String, String> person) {
    Map<String, String> body = new HashMap<>(person);
    body.put("verificationId", id.toString());
    return given()
        .header("X-Api-Key", key)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/faceVerifications");
  }

  private static String ticket(Map<String, String> person) {
    return begin(KEY, UUID.randomUUID(), person).jsonPath().getString("ticket");
  }

  private static String result(String ticket) {
    return given()
        .header("X-Api-Key", KEY)
        .get("/faceVerifications/" + ticket)
        .jsonPath()
        .getString("result");
  }

  private static void look(String ticket, Map<String, String> person) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("idNumber", person.get("idNumber")))
        .post("/faceVerifications/" + ticket + "/look")
        .then()
        .statusCode(200);
  }

  @Test
  void passesThePersonAndNobodyElse() {
    String own = ticket(person(3));
    String strangers = ticket(person(3));
    assertThat(result(own)).isEqualTo("PENDING");

    look(own, person(3));
    look(strangers, person(5));

    assertThat(result(own)).isEqualTo("PASSED");
    assertThat(result(strangers)).isEqualTo("FAILED");
  }

  @Test
  void theFirstFaceCounts() {
    String ticket = ticket(person(3));

    look(ticket, person(5));
    look(ticket, person(3));

    assertThat(result(ticket)).isEqualTo("FAILED");
  }

  @Test
  void givesTheSameTicketToTheSameVerification() {
    UUID id = UUID.randomUUID();

    String first = begin(KEY, id, person(3)).jsonPath().getString("ticket");

    assertThat(begin(KEY, id, person(3)).jsonPath().getString("ticket")).isEqualTo(first);
    assertThat(begin(KEY, id, person(5)).statusCode()).isEqualTo(409);
  }

  @Test
  void refusesStrangersAndPersonsWhomNobodyKnows() {
    Map<String, String> nobody = Map.of("name", "无此人", "idNumber", person(3).get("idNumber"));

    assertThat(begin("wrong", UUID.randomUUID(), person(3)).statusCode()).isEqualTo(401);
    assertThat(begin(KEY, UUID.randomUUID(), nobody).jsonPath().getString("code"))
        .isEqualTo("UNKNOWN_PERSON");
    assertThat(given().header("X-Api-Key", KEY).get("/faceVerifications/none").statusCode())
        .isEqualTo(404);
  }

  @Test
  void isAwayWhenToldTo() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("realName", "FAIL"))
        .post("/faults")
        .then()
        .statusCode(200);

    assertThat(begin(KEY, UUID.randomUUID(), person(3)).statusCode()).isEqualTo(503);
  }
}
