package io.liangjiang.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {
  @Test
  void boundsWhatItKeeps() {
    assertThat(ClientAddress.bounded("2001:db8::1")).isEqualTo("2001:db8::1");
    assertThat(ClientAddress.bounded("x".repeat(500))).hasSize(45);
    assertThat(ClientAddress.bounded(null)).isEmpty();
  }
}
