package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every route of the city does with input that is wrong, taken from the published document.
 */
@ExtendWith(CityExtension.class)
final class WrongInputIT {
  private static final String NOBODYS_ID = "018f0000-0000-7000-8000-000000000000";

  private final City city;

  WrongInputIT(City city) {
    this.city = city;
  }

  @Test
  void documentNamesEveryRouteOfTheFirstCity() {
    List<String> names = routes().stream().map(PublishedRoute::toString).toList();

    assertThat(names)
        .contains(
            "POST /v1/sessions:signInWithMiniProgram",
            "POST /v1/sessions:signInStaff",
            "POST /v1/sessions:refresh",
            "POST /v1/sessions:signOut",
            "GET /v1/citizens/me",
            "POST /v1/citizens/me:verifyRealName",
            "POST /v1/citizens/me/dependants",
            "GET /v1/citizens/me/dependants",
            "GET /v1/wallets/me",
            "GET /v1/wallets/me/entries",
            "POST /v1/wallets/me/topUps",
            "GET /v1/paymentOrders/{paymentOrderId}",
            "POST /v1/paymentOrders/{paymentOrderId}:pay",
            "POST /v1/paymentOrders/{paymentOrderId}:refund",
            "GET /v1/sites",
            "GET /v1/sites/{siteId}",
            "GET /v1/products/{productId}/timeSlots",
            "POST /v1/trips",
            "GET /v1/trips/{tripId}",
            "POST /v1/trips/{tripId}:cancel",
            "GET /v1/tickets/{ticketId}",
            "POST /v1/checkIns:redeem",
            "GET /v1/hospitals",
            "GET /v1/hospitals/{hospitalId}/departments",
            "GET /v1/departments/{departmentId}/slots",
            "POST /v1/appointments",
            "GET /v1/appointments",
            "POST /v1/appointments/{appointmentId}:cancel",
            "POST /v1/appointments/{appointmentId}:checkIn",
            "POST /v1/cityCodes",
            "POST /v1/taps:upload",
            "GET /v1/rides",
            "GET /v1/trialBalance");
  }

  @TestFactory
  Stream<DynamicTest> everyClosedRouteRefusesCallersWithoutOrWithTheWrongToken() {
    Citizen citizen = Citizen.signedIn(city);
    String gate = tokenOf("gate");
    return routes().stream()
        .filter(route -> !route.isOpen())
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      refused(route.call(request("")), 401, "UNAUTHENTICATED");
                      refused(route.call(request("forged.token.here")), 401, "UNAUTHENTICATED");
                      String stranger =
                          route.roles().contains("citizen") ? gate : citizen.accessToken();
                      if (!route.roles().contains("gate") || !stranger.equals(gate)) {
                        refused(route.call(request(stranger)), 403, "PERMISSION_DENIED");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyPostRefusesABodyThatIsNoneOfIts() {
    return routes().stream()
        .filter(PublishedRoute::isPost)
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      RequestSpecification request = request(tokenFor(route));
                      refused(route.send(request, "{\"a\":"), 400, "MALFORMED_JSON");
                      refused(
                          route.send(request(tokenFor(route)), "{\"surprise\":1}"),
                          400,
                          "UNKNOWN_FIELD");
                      refused(
                          route.send(
                              request(tokenFor(route)).header("Idempotency-Key", "zwei Wörter"),
                              "{}"),
                          400,
                          "INVALID_IDEMPOTENCY_KEY");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyListRefusesAPageTokenItDidNotGiveOut() {
    return routes().stream()
        .filter(route -> route.parameters().contains("pageToken"))
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () -> {
                      String date =
                          route.parameters().contains("date") ? "&date=" + Park.today() : "";
                      RequestSpecification request = request(tokenFor(route));
                      Response answer =
                          request.get(route.realPath(city) + "?pageToken=made-up" + date);
                      refused(answer, 400, "INVALID_PAGE_TOKEN");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyRouteRefusesAQueryItDoesNotKnow() {
    return routes().stream()
        .filter(route -> !route.isPost())
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.toString(),
                    () ->
                        refused(
                            request(tokenFor(route)).get(route.path() + "?surprise=1"),
                            400,
                            "UNKNOWN_FIELD")));
  }

  @TestFactory
  Stream<DynamicTest> readsAndCommandsRefuseWhatDoesNotExist() {
    return Map.of(
            "GET /v1/paymentOrders/%s", "citizen PAYMENT_ORDER_NOT_FOUND",
            "POST /v1/paymentOrders/%s:refund", "merchant PAYMENT_ORDER_NOT_FOUND",
            "GET /v1/sites/%s", "citizen SITE_NOT_FOUND",
            "GET /v1/trips/%s", "citizen TRIP_NOT_FOUND",
            "POST /v1/trips/%s:cancel", "citizen TRIP_NOT_FOUND",
            "GET /v1/tickets/%s", "citizen TICKET_NOT_FOUND",
            "GET /v1/hospitals/%s/departments", "citizen HOSPITAL_NOT_FOUND",
            "POST /v1/appointments/%s:cancel", "citizen APPOINTMENT_NOT_FOUND",
            "POST /v1/appointments/%s:checkIn", "hospital-desk APPOINTMENT_NOT_FOUND",
            "GET /v1/rides/%s", "citizen RIDE_NOT_FOUND")
        .entrySet()
        .stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      String[] route = entry.getKey().formatted(NOBODYS_ID).split(" ", 2);
                      String[] wanted = entry.getValue().split(" ", 2);
                      RequestSpecification request = request(tokenOf(wanted[0]));
                      Response answer =
                          route[0].equals("GET")
                              ? request.get(route[1])
                              : request.contentType(ContentType.JSON).body("{}").post(route[1]);
                      refused(answer, 404, wanted[1]);
                    }));
  }

  @Test
  void unknownPathIsAProblemToo() {
    refused(request("").get("/v1/nowhere"), 404, "ROUTE_NOT_FOUND");
    refused(request("").delete("/v1/sites"), 405, "METHOD_NOT_ALLOWED");
  }

  private List<PublishedRoute> routes() {
    JsonPath document =
        request("").get("/openapi.json").then().statusCode(200).extract().jsonPath();
    Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
    List<PublishedRoute> routes = new ArrayList<>();
    paths.forEach(
        (path, operations) ->
            operations.forEach(
                (method, operation) -> routes.add(PublishedRoute.of(method, path, operation))));
    assertThat(routes).hasSizeGreaterThan(30);
    return routes;
  }

  private String tokenFor(PublishedRoute route) {
    return route.isOpen() ? "" : tokenOf(route.roles().getFirst());
  }

  private String tokenOf(String role) {
    return Tokens.of(city, role);
  }

  private RequestSpecification request(String token) {
    RequestSpecification request =
        given().baseUri(city.gatewayUrl().toString()).urlEncodingEnabled(false);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  static void refused(Response answer, int status, String reason) {
    assertThat(answer.statusCode() + " " + answer.jsonPath().getString("reason"))
        .as(answer.asString())
        .isEqualTo(status + " " + reason);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.asString()).doesNotContain("Exception", "io.liangjiang", "sql");
  }
}
