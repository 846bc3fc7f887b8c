package io.liangjiang.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.liangjiang.gateway.testing.echo.Everything;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our JSON is protobuf's JSON: what we write protobuf reads, and the other way round. */
final class JsonRoundTripTest {
  private final JsonWriter writer = new JsonWriter();
  private final JsonReader reader = new JsonReader();

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void protobufReadsWhatWeWrite(long seed) throws InvalidProtocolBufferException {
    Everything message = new RandomMessages(seed).next(2);
    String json = new String(writer.write(message), StandardCharsets.UTF_8);

    var read = Everything.newBuilder();
    JsonFormat.parser().merge(json, read);

    assertThat(read.build()).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void weReadWhatWeAndProtobufWrite(long seed) throws InvalidProtocolBufferException {
    Everything message = new RandomMessages(seed).next(2);

    assertThat(read(writer.write(message))).isEqualTo(message);
    assertThat(read(JsonFormat.printer().print(message).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(message);
  }

  private Everything read(byte[] json) {
    var faults = new Faults();
    var read = Everything.newBuilder();
    reader.read(json, read, faults);
    faults.throwIfAny();
    return read.build();
  }
}
