package io.liangjiang.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

final class SpanRedactionTest {
  @Test
  void takesOutWhatTellsWhoSomebodyIs() {
    try (var traces = SdkTracerProvider.builder().addSpanProcessor(new SpanRedaction()).build()) {
      var span =
          traces
              .get("test")
              .spanBuilder("GET")
              .setAttribute("url.path", "/v1/trips/0190")
              .setAttribute("url.query", "code=secret")
              .setAttribute("client.address", "10.1.2.3")
              .setAttribute("db.query.text", "select 1 where id = $1")
              .startSpan();

      var recorded = (ReadableSpan) span;

      assertThat(recorded.getAttribute(AttributeKey.stringKey("url.path"))).isEqualTo("-");
      assertThat(recorded.getAttribute(AttributeKey.stringKey("url.query"))).isEqualTo("-");
      assertThat(recorded.getAttribute(AttributeKey.stringKey("client.address"))).isEqualTo("-");
      assertThat(recorded.getAttribute(AttributeKey.stringKey("url.full"))).isNull();
      assertThat(recorded.getAttribute(AttributeKey.stringKey("db.query.text")))
          .isEqualTo("select 1 where id = $1");
    }
  }
}
