package io.liangjiang.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.liangjiang.gateway.testing.echo.EchoServiceGrpc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTreeTest {
  private static final Rpc RPC = Rpc.of(EchoServiceGrpc.getEchoMethod());

  private final RouteTree tree = new RouteTree();

  private Route add(String method, String path) {
    var route = new Route(method, PathTemplate.parse(path), List.of(), new Route.Body.None(), RPC);
    tree.add(route);
    return route;
  }

  private Lookup.Found found(String method, String path) {
    return (Lookup.Found) tree.find(method, path);
  }

  @Test
  void findsLiteralBeforeVariable() {
    Route mine = add("GET", "/v1/wallets/me");
    Route any = add("GET", "/v1/wallets/{id}");

    assertThat(found("GET", "/v1/wallets/me").route()).isSameAs(mine);
    assertThat(found("GET", "/v1/wallets/you").route()).isSameAs(any);
    assertThat(found("GET", "/v1/wallets/you").values()).containsExactly("you");
  }

  @Test
  void comesBackFromLiteralThatLeadsNowhere() {
    add("GET", "/v1/wallets/me/entries");
    Route any = add("GET", "/v1/wallets/{id}/limits");

    assertThat(found("GET", "/v1/wallets/me/limits").route()).isSameAs(any);
    assertThat(found("GET", "/v1/wallets/me/limits").values()).containsExactly("me");
  }

  @Test
  void findsVerbs() {
    Route get = add("GET", "/v1/trips/{id}");
    Route cancel = add("POST", "/v1/trips/{id}:cancel");
    Route search = add("POST", "/v1/trips:search");

    assertThat(found("POST", "/v1/trips/7:cancel").route()).isSameAs(cancel);
    assertThat(found("POST", "/v1/trips/7:cancel").values()).containsExactly("7");
    assertThat(found("POST", "/v1/trips:search").route()).isSameAs(search);
    assertThat(found("POST", "/v1/trips/7%3Acancel").route()).isSameAs(cancel);
    assertThat(found("POST", "/v1/trips%3asearch").route()).isSameAs(search);
    assertThat(found("GET", "/v1/trips/7:other").route()).isSameAs(get);
    assertThat(found("GET", "/v1/trips/7:other").values()).containsExactly("7:other");
    assertThat(found("POST", "/v1/trips/a:b:cancel").values()).containsExactly("a:b");
  }

  @Test
  void givesValuesInOrderAndDecoded() {
    add("GET", "/v1/a/{x}/b/{y}");

    assertThat(found("GET", "/v1/a/%E4%B8%A4%E6%B1%9F/b/a%2Fb+c").values())
        .containsExactly("两江", "a/b+c");
  }

  @Test
  void tellsAllowedMethods() {
    add("POST", "/v1/trips");
    add("GET", "/v1/trips");

    assertThat(tree.find("DELETE", "/v1/trips"))
        .isEqualTo(new Lookup.WrongMethod(java.util.Set.of("GET", "POST")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v1", "/v1/", "/v1/trips/", "/v1/trips//", "/v2/trips/7", "*"})
  void findsNothingElsewhere(String path) {
    add("GET", "/v1/trips/{id}");

    assertThat(tree.find("GET", path)).isEqualTo(new Lookup.Missing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c3%28", "a%"})
  void refusesBadPercentEncoding(String value) {
    add("GET", "/v1/trips/{id}");

    assertThat(tree.find("GET", "/v1/trips/" + value)).isEqualTo(new Lookup.Malformed());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/trips/{id}, /v1/trips/{trip_id}",
    "/v1/trips, /v1/trips",
    "/v1/trips/{id}:cancel, /v1/trips/{trip_id}:cancel"
  })
  void refusesAmbiguousRoutes(String one, String other) {
    add("GET", one);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> add("GET", other))
        .withMessageContaining("ambiguous");
  }
}
