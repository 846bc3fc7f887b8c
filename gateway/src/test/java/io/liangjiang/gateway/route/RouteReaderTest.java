package io.liangjiang.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.api.CustomHttpPattern;
import com.google.api.HttpRule;
import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import io.liangjiang.gateway.testing.echo.EchoServiceGrpc;
import io.liangjiang.gateway.testing.echo.GetEchoRequest;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.EventFeedServiceGrpc;
import io.liangjiang.platform.v1.ListParkedEventsRequest;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RouteReaderTest {
  private static final Rpc RPC = Rpc.of(EchoServiceGrpc.getGetEchoMethod());

  @Test
  void readsEveryBindingOfAnRpc() {
    assertThat(RouteReader.read(EchoServiceGrpc.getServiceDescriptor()))
        .extracting(route -> route.httpMethod() + " " + route.rpc().schema().getName())
        .containsExactly(
            "POST Echo",
            "PUT Echo",
            "GET GetEcho",
            "GET GetEcho",
            "POST GetEcho",
            "DELETE GetEcho",
            "GET GetMine");
  }

  @Test
  void leavesOutRpcsWithoutRoute() {
    assertThat(RouteReader.read(EventFeedServiceGrpc.getServiceDescriptor())).isEmpty();
  }

  @Test
  void takesTheServiceFromThePackage() {
    assertThat(RPC.upstream()).isEqualTo("payments");
  }

  @Test
  void takesTheServiceFromThePathOfWhatEveryServiceServes() {
    Rpc rpc = Rpc.of(ParkedEventServiceGrpc.getListParkedEventsMethod());
    var request = ListParkedEventsRequest.newBuilder().setService("transit").build();

    assertThat(rpc.isOfEveryService()).isTrue();
    assertThat(rpc.upstreamOf(request)).isEqualTo("transit");
    assertThat(RPC.isOfEveryService()).isFalse();
    assertThat(RPC.upstreamOf(GetEchoRequest.getDefaultInstance())).isEqualTo("payments");
  }

  @Test
  void refusesARouteOfEveryServiceWhosePathNamesNone() {
    HttpRule rule = HttpRule.newBuilder().setGet("/v1/parkedEvents").build();
    Rpc named = Rpc.of(ParkedEventServiceGrpc.getListParkedEventsMethod());
    Rpc nameless = Rpc.of(AccessRecordServiceGrpc.getListAccessRecordsMethod());

    for (Rpc rpc : List.of(named, nameless)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RouteReader.route(rule, rpc))
          .withMessageContaining("every service serves it");
    }
  }

  static Stream<HttpRule> unsupportedRules() {
    var rule = HttpRule.newBuilder();
    return Stream.of(
            rule.setPatch("/v1/echoes/{name}"),
            HttpRule.newBuilder(),
            HttpRule.newBuilder().setCustom(CustomHttpPattern.newBuilder().setKind("HEAD")),
            HttpRule.newBuilder().setGet("/v1/echoes/{name=*}"),
            HttpRule.newBuilder().setGet("/v1/echoes/{nothing}"),
            HttpRule.newBuilder().setGet("/v1/echoes/{colors}"),
            HttpRule.newBuilder().setGet("/v1/echoes/{filter}"),
            HttpRule.newBuilder().setGet("/v1/echoes/{name.word}"),
            HttpRule.newBuilder().setGet("/v1/echoes").setBody("*"),
            HttpRule.newBuilder().setDelete("/v1/echoes").setBody("*"),
            HttpRule.newBuilder().setPost("/v1/echoes").setBody("name"),
            HttpRule.newBuilder().setPost("/v1/echoes").setBody("nothing"),
            HttpRule.newBuilder().setPost("/v1/echoes").setResponseBody("filter"))
        .map(HttpRule.Builder::build);
  }

  @ParameterizedTest
  @MethodSource("unsupportedRules")
  void refusesRulesItCannotServe(HttpRule rule) {
    assertThatIllegalArgumentException().isThrownBy(() -> RouteReader.route(rule, RPC));
  }

  @Test
  void readsNestedPathFields() {
    Route route =
        RouteReader.route(HttpRule.newBuilder().setGet("/v1/echoes/{filter.word}").build(), RPC);

    assertThat(route.pathFields())
        .extracting(FieldPath::jsonName)
        .isEqualTo(List.of("filter.word"));
  }

  @Test
  void refusesMessagesWithoutFixedJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportedTypes.check(Any.getDescriptor()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportedTypes.check(Struct.getDescriptor()))
        .withMessageContaining("google.protobuf.Struct");
  }
}
