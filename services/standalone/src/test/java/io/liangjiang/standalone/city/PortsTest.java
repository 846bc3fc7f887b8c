package io.liangjiang.standalone.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void keepsTheDocumentedPorts() {
    Ports ports = Ports.standard(8080, 0);

    assertThat(ports.of(Service.GATEWAY)).isEqualTo(8080);
    assertThat(ports.of(Service.SANDBOX)).isEqualTo(8090);
    assertThat(ports.of(Service.IDENTITY)).isEqualTo(9001);
    assertThat(ports.of(Service.HEALTHCARE)).isEqualTo(9005);
    assertThat(ports.grpcOf(Service.IDENTITY)).isEqualTo(9011);
    assertThat(ports.managementOf(Service.GATEWAY)).isEqualTo(9020);
    assertThat(ports.managementOf(Service.SANDBOX)).isEqualTo(9026);
    assertThat(ports.grpcOf(Service.HEALTHCARE)).isEqualTo(9015);
  }

  @Test
  void movesAllButTheGatewayByTheOffset() {
    Ports ports = Ports.standard(8180, 100);

    assertThat(ports.of(Service.GATEWAY)).isEqualTo(8180);
    assertThat(ports.of(Service.PAYMENTS)).isEqualTo(9102);
    assertThat(ports.grpcOf(Service.PAYMENTS)).isEqualTo(9112);
    assertThat(ports.managementOf(Service.GATEWAY)).isEqualTo(9120);
    assertThat(ports.postgres()).isEqualTo(9132);
  }

  @Test
  void findsADifferentFreePortForEach() {
    Ports ports = Ports.free();
    Set<Integer> all = new HashSet<>(ports.http().values());
    all.addAll(ports.management().values());
    all.addAll(ports.grpc().values());
    all.add(ports.postgres());

    assertThat(all).hasSize(2 * Service.values().length + Service.domains().size() + 1);
  }

  @Test
  void namesThePortThatIsTakenAndTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Ports free = Ports.free();
      Map<Service, Integer> http = new EnumMap<>(free.http());
      http.put(Service.GATEWAY, taken.getLocalPort());
      Ports ports = new Ports(http, free.management(), free.grpc(), free.postgres());

      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(taken.getLocalPort() + " (gateway)")
          .hasMessageContaining("make run ARGS=");
    }
  }
}
