package io.liangjiang.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdsTest {
  private static final String UUID_KEY = "0190163d-8694-739b-aea5-966c26f8ad91";

  @Test
  void takesUuidAsItIs() {
    assertThat(RequestIds.ofKey(UUID_KEY, "a")).isEqualTo(UUID_KEY);
    assertThat(RequestIds.ofKey(UUID_KEY.toUpperCase(java.util.Locale.ROOT), "a"))
        .isEqualTo(UUID_KEY);
    assertThat(RequestIds.ofKey('"' + UUID_KEY + '"', "a")).isEqualTo(UUID_KEY);
  }

  @Test
  void hashesOtherKeysTogetherWithTheCaller() {
    String id = RequestIds.ofKey("order-7", "citizen-1");

    assertThat(UUID.fromString(id).version()).isEqualTo(8);
    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    assertThat(RequestIds.ofKey("order-7", "citizen-1")).isEqualTo(id);
    assertThat(RequestIds.ofKey("\"order-7\"", "citizen-1")).isEqualTo(id);
    assertThat(RequestIds.ofKey("order-7", "citizen-2")).isNotEqualTo(id);
    assertThat(RequestIds.ofKey("order-8", "citizen-1")).isNotEqualTo(id);
  }

  @Test
  void keepsTheHashForEver() {
    assertThat(RequestIds.ofKey("order-7", "citizen-1"))
        .isEqualTo("ff23285a-3b88-8e89-b448-556f9c3ba23e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "a b", "a\tb", "ключ", "两江", "\u007f"})
  void refusesOtherCharacters(String key) {
    assertRefused(key);
  }

  @Test
  void refusesLongKeys() {
    assertThat(RequestIds.ofKey("k".repeat(128), "a")).hasSize(36);
    assertRefused("k".repeat(129));
  }

  private static void assertRefused(String key) {
    var refusal = catchThrowableOfType(ServiceException.class, () -> RequestIds.ofKey(key, "a"));
    assertThat(refusal.reason()).isEqualTo(GatewayReason.INVALID_IDEMPOTENCY_KEY);
  }

  @Test
  void makesUuidsInTheOrderOfTime() {
    var now = Instant.parse("2026-05-01T00:00:00.123Z");
    var ids = new RequestIds(InstantSource.fixed(now));
    UUID id = UUID.fromString(ids.next());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    assertThat(ids.next()).isNotEqualTo(id.toString());
  }
}
