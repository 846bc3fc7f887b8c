package io.liangjiang.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void tokenCarriesTheKeyOfTheLastItem() {
    var page = Page.of(2, "");

    var cut = page.cut(List.of("a", "b", "c"), item -> List.of(item, "2026-01-01T00:00:00Z"));

    assertThat(cut.items()).containsExactly("a", "b");
    var next = Page.of(2, cut.nextPageToken());
    assertThat(next.keyText(0)).isEqualTo("b");
    assertThat(next.keyInstant(1)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void lastPageHasNoToken() {
    assertThat(Page.of(2, "").cut(List.of("a", "b"), List::of).nextPageToken()).isEmpty();
  }

  @Test
  void sizeHasADefaultAndALimit() {
    assertThat(Page.of(0, "").size()).isEqualTo(20);
    assertThat(Page.of(5_000, "").size()).isEqualTo(100);
    assertThat(catchThrowableOfType(ServiceException.class, () -> Page.of(-1, "")).reason())
        .isEqualTo(PlatformReason.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "a", "====", "YWJj"})
  void foreignTokenIsRefused(String token) {
    var refusal =
        catchThrowableOfType(ServiceException.class, () -> Page.of(1, token).keyInstant(0));

    assertThat(refusal.reason()).isEqualTo(PlatformReason.INVALID_PAGE_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"made-up", "YWJj", "MA"})
  void tokenThatWasMadeUpIsNoTextEither(String token) {
    var refusal = catchThrowableOfType(ServiceException.class, () -> Page.of(1, token));

    assertThat(refusal.reason()).isEqualTo(PlatformReason.INVALID_PAGE_TOKEN);
  }

  @Test
  void endlessTokenIsRefused() {
    assertThat(
            catchThrowableOfType(ServiceException.class, () -> Page.of(1, "a".repeat(10_000)))
                .reason())
        .isEqualTo(PlatformReason.INVALID_PAGE_TOKEN);
  }
}
