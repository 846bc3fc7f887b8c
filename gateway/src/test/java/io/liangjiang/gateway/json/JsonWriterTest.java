package io.liangjiang.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.liangjiang.gateway.testing.echo.Everything;
import io.liangjiang.gateway.testing.echo.GetEchoRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.v1.Money;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonWriterTest {
  private final JsonWriter writer = new JsonWriter();

  private String json(com.google.protobuf.Message message) {
    return new String(writer.write(message), StandardCharsets.UTF_8);
  }

  @Test
  void writesZeroValuesAndLeavesOutUnsetMessages() {
    assertThat(json(GetEchoRequest.getDefaultInstance()))
        .isEqualTo(
            """
            {"name":"","number":0,"colors":[],"ids":[],"requestId":""}\
            """);
  }

  @Test
  void writesUnsetOptionalFieldsOnlyWhenSet() {
    assertThat(json(GetEchoRequest.newBuilder().setFlag(false).build())).contains("\"flag\":false");
  }

  @Test
  void writesBigNumbersAsNumbersWhereEveryReaderCanHoldThem() {
    assertThat(json(Everything.newBuilder().setBig((1L << 53) - 1).build()))
        .contains("\"big\":9007199254740991,");
    assertThat(json(Everything.newBuilder().setBig(-(1L << 53) + 1).build()))
        .contains("\"big\":-9007199254740991,");
    assertThat(json(Everything.newBuilder().setBig(1L << 53).build()))
        .contains("\"big\":\"9007199254740992\",");
    assertThat(json(Everything.newBuilder().setBigUnsigned(-1).build()))
        .contains("\"bigUnsigned\":\"18446744073709551615\",");
  }

  @Test
  void writesEnumsByNameAndUnknownOnesByNumber() {
    assertThat(json(PaymentOrder.newBuilder().setState(PaymentOrder.State.REFUNDED).build()))
        .contains("\"state\":\"REFUNDED\"");
    assertThat(json(PaymentOrder.newBuilder().setStateValue(99).build())).contains("\"state\":99");
  }

  @Test
  void writesMoneyTimesAndMaps() {
    var order =
        PaymentOrder.newBuilder()
            .setAmount(Money.newBuilder().setAmountMinor(5000).setCurrencyCode("CNY"))
            .putPayParameters("prepay_id", "wx1")
            .setCreateTime(Timestamp.newBuilder().setSeconds(1_777_777_777).setNanos(5_000_000));

    assertThat(json(order.build()))
        .contains("\"amount\":{\"amountMinor\":5000,\"currencyCode\":\"CNY\"}")
        .contains("\"payParameters\":{\"prepay_id\":\"wx1\"}")
        .contains("\"createTime\":\"2026-05-03T03:09:37.005Z\"");
  }
}
