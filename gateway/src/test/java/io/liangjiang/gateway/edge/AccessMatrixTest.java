package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.gateway.testing.UpstreamResource;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of the city lets in whom its contract lets in, and nobody else. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class AccessMatrixTest {
  private static final int UNAUTHENTICATED = 401;
  private static final int DENIED = 403;

  static Stream<Route> open() {
    return routes().filter(route -> access(route).getAnonymous());
  }

  static Stream<Route> guarded() {
    return routes().filter(route -> !access(route).getAnonymous());
  }

  static Stream<Route> ofCitizensWhoProvedWhoTheyAre() {
    return guarded()
        .filter(route -> access(route).getRolesList().contains(Caller.CITIZEN))
        .filter(route -> access(route).getMinAssuranceLevelValue() > AssuranceLevel.BASIC_VALUE);
  }

  private static Stream<Route> routes() {
    return new Routes(Contracts.SERVICES).all().stream();
  }

  private static Access access(Route route) {
    return route.rpc().access();
  }

  @ParameterizedTest
  @MethodSource("open")
  void letsInAnybodyWhereNoTokenIsNeeded(Route route) {
    assertThat(statusOf(route, "")).isNotIn(UNAUTHENTICATED, DENIED);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void refusesNobodyInParticular(Route route) {
    assertThat(statusOf(route, "")).isEqualTo(UNAUTHENTICATED);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void refusesOtherRoles(Route route) {
    assertThat(statusOf(route, TestTokens.staff("gardener", "botanical-garden"))).isEqualTo(DENIED);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void letsInEveryRoleOfTheContract(Route route) {
    for (String role : access(route).getRolesList()) {
      if (access(route).getOnBehalfOfCitizen() && !role.equals(Caller.CITIZEN)) {
        continue; // such a role needs the citizen's token too
      }
      assertThat(statusOf(route, token(role))).as(role).isNotIn(UNAUTHENTICATED, DENIED);
    }
  }

  @ParameterizedTest
  @MethodSource("ofCitizensWhoProvedWhoTheyAre")
  void refusesCitizensWhoDidNotProveWhoTheyAre(Route route) {
    String token = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.BASIC);

    assertThat(statusOf(route, token)).isEqualTo(DENIED);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void letsDelegatesInWithThePowerOfTheContractOnly(Route route) {
    String power = access(route).getActingPower();

    assertThat(statusOf(route, acting(List.of()))).isEqualTo(DENIED);
    assertThat(statusOf(route, acting(List.of("matrix.nothing")))).isEqualTo(DENIED);
    if (!power.isEmpty()) {
      assertThat(statusOf(route, acting(List.of(power)))).isNotIn(UNAUTHENTICATED, DENIED);
    }
  }

  private static String acting(List<String> powers) {
    return TestTokens.acting(UUID.randomUUID(), UUID.randomUUID(), AssuranceLevel.FACE, powers);
  }

  private static String token(String role) {
    return switch (role) {
      case Caller.CITIZEN -> TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE);
      case Caller.SERVICE -> TestTokens.service("tourism");
      default -> TestTokens.staff(role, "an-organisation");
    };
  }

  private static int statusOf(Route route, String token) {
    var request = given().urlEncodingEnabled(false);
    if (!token.isEmpty()) {
      request.auth().oauth2(token);
    }
    Response response = request.request(route.httpMethod(), path(route));
    return response.statusCode();
  }

  private static String path(Route route) {
    String segments =
        route.path().segments().stream()
            .map(segment -> segment.isVariable() ? "x" : segment.text())
            .collect(Collectors.joining("/", "/", ""));
    String verb = route.path().verb();
    return verb.isEmpty() ? segments : segments + ":" + verb;
  }
}
