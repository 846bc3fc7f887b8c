package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a fault of an upgrade. */
final class HeardTest {
  @Test
  void anAnswerIsNone() {
    assertThat(new Heard("GET /", 200, "").isFault()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "503, GATEWAY_OVERLOADED", "504, DEADLINE_EXCEEDED"})
  void aRefusalThatMayBeSentAgainIsNone(int status, String reason) {
    assertThat(new Heard("GET /", status, reason).isFault()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"500, INTERNAL", "401, UNAUTHENTICATED", "404, NOT_FOUND", "503, ''", "400, ''"})
  void whatAPhoneCannotSendAgainIsOne(int status, String reason) {
    assertThat(new Heard("GET /", status, reason).isFault()).isTrue();
  }

  @Test
  void aBrokenConnectionIsCountedForItself() {
    Heard broken = Heard.broken("GET /");

    assertThat(broken.isBroken()).isTrue();
    assertThat(broken.isFault()).isFalse();
    assertThat(broken.isAnswered()).isFalse();
  }
}
