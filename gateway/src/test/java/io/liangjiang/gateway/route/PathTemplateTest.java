package io.liangjiang.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.liangjiang.gateway.route.PathTemplate.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {

  @Test
  void readsLiteralsVariablesAndVerb() {
    var template = PathTemplate.parse("/v1/trips/{trip.trip_id}/tickets/{ticket_id}:cancel");

    assertThat(template.segments())
        .containsExactly(
            new Segment("v1", false),
            new Segment("trips", false),
            new Segment("trip.trip_id", true),
            new Segment("tickets", false),
            new Segment("ticket_id", true));
    assertThat(template.verb()).isEqualTo("cancel");
    assertThat(template.variables()).containsExactly("trip.trip_id", "ticket_id");
  }

  @Test
  void readsVerbAfterLiteral() {
    var template = PathTemplate.parse("/v1/sessions:refresh");

    assertThat(template.segments()).last().isEqualTo(new Segment("sessions", false));
    assertThat(template.verb()).isEqualTo("refresh");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1/a",
        "/",
        "/v1//a",
        "/v1/a/",
        "/v1/{a=*}",
        "/v1/{a=shelves/*}",
        "/v1/*",
        "/v1/**",
        "/v1/{a}b",
        "/v1/{A}",
        "/v1/{}",
        "/v1/a b",
        "/v1/{a}/{a}",
        "/v1/a:",
        "/v1/a:b:c",
        "/v1/{a}:{b}"
      })
  void refusesWhatItDoesNotSupport(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> PathTemplate.parse(path));
  }
}
