package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.transit.v1.CityCodeServiceGrpc;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An RPC that the examples leave out is named, and no other. */
class CoverageTest {
  private static final String RPC = "liangjiang.platform.v1.AccessRecordService/ListAccessRecords";
  private static final String KEY_SET = "liangjiang.transit.v1.CityCodeService/GetCityCodeKeySet";

  private static Coverage of(String... members) {
    List<Exchange> exchanges = List.of(members).stream().map(CoverageTest::exchange).toList();
    var file = JsonNodeFactory.instance.objectNode();
    return Coverage.of(List.of(new Conversation("planted", file, exchanges)));
  }

  private static Exchange exchange(String member) {
    try {
      return new Exchange(
          (ObjectNode)
              new ObjectMapper().readTree("{\"rpc\": \"" + RPC + "\", \"" + member + "\": {}}"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> gaps(String... members) {
    return of(members).gaps(AccessRecordServiceGrpc.getServiceDescriptor());
  }

  @Test
  void anRpcWithBothIsCovered() {
    assertThat(gaps("response", "error")).isEmpty();
  }

  @Test
  void anRpcThatNeverSucceedsIsFound() {
    assertThat(gaps("error")).containsExactly(RPC + " has no example that succeeds");
  }

  @Test
  void anRpcThatIsNeverRefusedIsFound() {
    assertThat(gaps("response")).containsExactly(RPC + " has no example that is refused");
  }

  @Test
  void whatAsksNothingOfAnybodyNeedsNoRefusal() {
    assertThat(of().gaps(CityCodeServiceGrpc.getServiceDescriptor()))
        .contains(KEY_SET + " has no example that succeeds")
        .doesNotContain(KEY_SET + " has no example that is refused");
  }
}
