package io.liangjiang.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import io.liangjiang.gateway.testing.echo.Everything;
import io.liangjiang.gateway.testing.echo.Everything.Color;
import io.liangjiang.platform.v1.Money;
import java.util.Random;

/** Messages with everything in them, from a seed. */
final class RandomMessages {
  private static final long[] LONGS = {
    0, 1, -1, (1L << 53) - 1, 1L << 53, -(1L << 53), Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final int[] INTS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};

  /** Without -0.0, whose sign protobuf's own reader loses. */
  private static final double[] REALS = {
    0,
    1.5,
    -2.25e-300,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private static final String[] TEXTS = {
    "", "plain", "两江", "a\"b\\c\n\t\u0001\u2028", "😀 \uFEFF", "</script>", "é\u0301"
  };

  private final Random random;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  Everything next(int depth) {
    var message = Everything.newBuilder();
    addNumbers(message);
    addOthers(message);
    addOptional(message);
    addMany(message, depth);
    return message.build();
  }

  private void addNumbers(Everything.Builder message) {
    message
        .setTruth(random.nextBoolean())
        .setSmall(aInt())
        .setSmallZigzag(aInt())
        .setSmallFixed(aInt())
        .setSmallUnsigned(aInt())
        .setSmallUnsignedFixed(aInt())
        .setBig(aLong())
        .setBigZigzag(aLong())
        .setBigFixed(aLong())
        .setBigUnsigned(aLong())
        .setBigUnsignedFixed(aLong())
        .setReal(
            random.nextBoolean() ? random.nextFloat() : Float.intBitsToFloat(aInt() & 0x7f7fffff))
        .setLongReal(
            random.nextBoolean() ? random.nextGaussian() : REALS[random.nextInt(REALS.length)]);
  }

  private void addOthers(Everything.Builder message) {
    byte[] octets = new byte[random.nextInt(20)];
    random.nextBytes(octets);
    message.setText(text()).setOctets(ByteString.copyFrom(octets)).setColor(color());
    if (random.nextBoolean()) {
      message.setTime(
          Timestamp.newBuilder()
              .setSeconds(random.nextLong(-62_135_596_800L, 253_402_300_799L))
              .setNanos(nanos()));
    }
    if (random.nextBoolean()) {
      message.setSpan(Duration.newBuilder().setSeconds(random.nextInt(1_000)).setNanos(nanos()));
    }
  }

  private void addOptional(Everything.Builder message) {
    if (random.nextBoolean()) {
      message.setWrappedText(StringValue.of(text())).setWrappedBig(Int64Value.of(aLong()));
    }
    if (random.nextBoolean()) {
      message.setMaybeText(text()).setMaybeSmall(aInt());
    }
    switch (random.nextInt(4)) {
      case 0 -> message.setChoiceText(text());
      case 1 -> message.setChoiceBig(aLong());
      case 2 ->
          message.setChoiceMoney(Money.newBuilder().setAmountMinor(aLong()).setCurrencyCode("CNY"));
      default -> {}
    }
  }

  private void addMany(Everything.Builder message, int depth) {
    for (int i = random.nextInt(4); i > 0; i--) {
      message.addTexts(text()).addBigs(aLong()).addColors(color());
      message.putWords(text(), text());
      message.putByTruth(random.nextBoolean(), color());
      message.putByUnsigned(aLong(), ByteString.copyFromUtf8(text()));
    }
    if (depth > 0) {
      message.addChildren(next(depth - 1));
      message.putByNumber(aLong(), next(depth - 1));
      message.setChild(next(depth - 1));
    }
  }

  private int aInt() {
    return random.nextBoolean() ? random.nextInt() : INTS[random.nextInt(INTS.length)];
  }

  private long aLong() {
    return random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)];
  }

  private int nanos() {
    return random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Color color() {
    return Color.forNumber(random.nextInt(3));
  }
}
