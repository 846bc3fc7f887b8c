package io.liangjiang.sandbox.person;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class PersonResourceTest {
  @AfterEach
  void endFaults() {
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void verifiesATestPerson() {
    Map<String, String> person =
        given().get("/testPersons").jsonPath().<Map<String, String>>getList("testPersons").get(3);

    Response response = verify("sandbox-real-name-key", person);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.jsonPath().getString("result")).isEqualTo("MATCH");
  }

  @Test
  void givesAsManyPersonsAsAskedFor() {
    List<Map<String, String>> persons =
        given().queryParam("count", 2_000).get("/testPersons").jsonPath().getList("testPersons");

    assertThat(persons).hasSize(2_000);
    assertThat(given().queryParam("count", 2_001).get("/testPersons").statusCode()).isEqualTo(400);
  }

  @Test
  void knowsWhoseChildSomebodyIs() {
    List<Map<String, String>> persons =
        given().get("/testPersons").jsonPath().getList("testPersons");

    assertThat(parenthood(persons.get(0), persons.get(1))).isEqualTo("PARENT");
    assertThat(parenthood(persons.get(3), persons.get(4))).isEqualTo("PARENT");
    assertThat(parenthood(persons.get(2), persons.get(1))).isEqualTo("NOT_PARENT");
    assertThat(parenthood(persons.get(2), persons.get(3))).isEqualTo("NOT_PARENT");
  }

  private static String parenthood(Map<String, String> parent, Map<String, String> child) {
    return given()
        .header("X-Api-Key", "sandbox-real-name-key")
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "parentIdNumber", parent.get("idNumber"),
                "childName", child.get("name"),
                "childIdNumber", child.get("idNumber")))
        .post("/parenthoodVerifications")
        .jsonPath()
        .getString("result");
  }

  @Test
  void refusesACallerWithoutTheKey() {
    Map<String, String> person = Map.of("name", "陈雨桐", "idNumber", "11010519491231002X");

    Response response = verify("wrong", person);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.jsonPath().getString("code")).isEqualTo("UNAUTHORIZED");
  }

  @Test
  void refusesANumberThatIsNone() {
    Map<String, String> person = Map.of("name", "陈雨桐", "idNumber", "110105194912310021");

    Response response = verify("sandbox-real-name-key", person);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.jsonPath().getString("code")).isEqualTo("INVALID_ID_NUMBER");
  }

  @Test
  void isBusyWhenToldTo() {
    given().contentType(ContentType.JSON).body("{\"realName\":\"FAIL\"}").post("/faults");
    Map<String, String> person = Map.of("name", "陈雨桐", "idNumber", "11010519491231002X");

    assertThat(verify("sandbox-real-name-key", person).statusCode()).isEqualTo(503);
  }

  private static Response verify(String apiKey, Map<String, String> person) {
    return given()
        .header("X-Api-Key", apiKey)
        .contentType(ContentType.JSON)
        .body(person)
        .post("/realNameVerifications");
  }
}
