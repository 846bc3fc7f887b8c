package io.liangjiang.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of plain fields from texts, as they stand in a path, in a query or between quotes. */
public final class Scalars {
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_INTEGER_DIGITS = 20;

  private Scalars() {}

  /** The value of a field that is no message; null when the text is none. */
  public static @Nullable Object ofText(FieldDescriptor field, String text) {
    return switch (ValueKind.of(field)) {
      case BOOL -> bool(text);
      case INT32 -> int32(text);
      case UINT32 -> uint32(text);
      case INT64 -> int64(text);
      case UINT64 -> uint64(text);
      case FLOAT -> real32(text);
      case DOUBLE -> real64(text);
      case STRING -> isText(text) ? text : null;
      case BYTES -> bytes(text);
      case ENUM -> enumValue(field, text);
      case TIMESTAMP, DURATION, WRAPPER, MESSAGE -> null;
    };
  }

  /** What a field asks of its value, as the end of a sentence that begins with the field's name. */
  public static String expectation(FieldDescriptor field) {
    return switch (ValueKind.of(field)) {
      case BOOL -> "must be true or false";
      case INT32 -> "must be a whole number of 32 bits";
      case UINT32 -> "must be a whole number from 0 to 4294967295";
      case INT64 -> "must be a whole number of 64 bits";
      case UINT64 -> "must be a whole number from 0 to 18446744073709551615";
      case FLOAT, DOUBLE -> "must be a number";
      case STRING -> "must be a string of Unicode characters without U+0000";
      case BYTES -> "must be a string in Base64";
      case ENUM -> "must be one of " + names(field);
      case TIMESTAMP -> "must be a time by RFC 3339, for example \"2026-05-01T08:00:00Z\"";
      case DURATION -> "must be a duration in seconds, for example \"1.5s\"";
      case WRAPPER -> expectation(field.getMessageType().findFieldByNumber(1));
      case MESSAGE -> "must be an object";
    };
  }

  private static String names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .filter(v -> v.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable Boolean bool(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static @Nullable Integer int32(String text) {
    BigInteger value = integer(text);
    return value == null || value.bitLength() >= Integer.SIZE ? null : (Integer) value.intValue();
  }

  private static @Nullable Integer uint32(String text) {
    BigInteger value = integer(text);
    return value == null || !isWithin(value, Integer.SIZE) ? null : (Integer) value.intValue();
  }

  private static @Nullable Long int64(String text) {
    BigInteger value = integer(text);
    return value == null || value.bitLength() >= Long.SIZE ? null : (Long) value.longValue();
  }

  private static @Nullable Long uint64(String text) {
    BigInteger value = integer(text);
    return value == null || !isWithin(value, Long.SIZE) ? null : (Long) value.longValue();
  }

  private static boolean isWithin(BigInteger unsigned, int bits) {
    return unsigned.signum() >= 0 && unsigned.bitLength() <= bits;
  }

  /**
   * A whole number, also as "1e3" or "1.0"; bounded before it is written out, because "1e999999999"
   * is short.
   */
  private static @Nullable BigInteger integer(String text) {
    BigDecimal value = decimal(text);
    if (value == null) {
      return null;
    }
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    long integerDigits = (long) value.precision() - value.scale();
    if (integerDigits < 1 || integerDigits > MAX_INTEGER_DIGITS) {
      return null;
    }
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double real64(String text) {
    switch (text) {
      case "NaN":
        return Double.NaN;
      case "Infinity":
        return Double.POSITIVE_INFINITY;
      case "-Infinity":
        return Double.NEGATIVE_INFINITY;
      default:
        break;
    }
    if (decimal(text) == null) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static @Nullable Float real32(String text) {
    Double wide = real64(text);
    if (wide == null || !Double.isFinite(wide)) {
      return wide == null ? null : (Float) wide.floatValue();
    }
    float value = Float.parseFloat(text);
    return Float.isFinite(value) ? (Float) value : null;
  }

  private static @Nullable ByteString bytes(String text) {
    try {
      String standard = text.replace('-', '+').replace('_', '/');
      return ByteString.copyFrom(Base64.getDecoder().decode(standard));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumValueDescriptor byName = field.getEnumType().findValueByName(text);
    if (byName != null) {
      return byName;
    }
    Integer number = int32(text);
    return number == null ? null : field.getEnumType().findValueByNumber(number);
  }

  /** No database keeps U+0000, and half a surrogate pair is no character. */
  private static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
