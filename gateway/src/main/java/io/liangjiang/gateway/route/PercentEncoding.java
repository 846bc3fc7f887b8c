package io.liangjiang.gateway.route;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986) of UTF-8, read strictly. */
public final class PercentEncoding {
  private static final int HEX = 16;

  private PercentEncoding() {}

  /** The text of a path segment; null when it is not percent-encoded UTF-8. */
  public static @Nullable String decodeSegment(String raw) {
    return raw.indexOf('%') < 0 ? raw : decodeBytes(raw);
  }

  /**
   * The text of a name or value of a query, where a plus sign is a blank; null when it is not
   * percent-encoded UTF-8.
   */
  public static @Nullable String decodeQuery(String raw) {
    return decodeSegment(raw.replace('+', ' '));
  }

  private static @Nullable String decodeBytes(String raw) {
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c > 127) {
        return null;
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int value = i + 2 < raw.length() ? octet(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
      if (value < 0) {
        return null;
      }
      bytes.write(value);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int octet(char high, char low) {
    int h = Character.digit(high, HEX);
    int l = Character.digit(low, HEX);
    return h < 0 || l < 0 ? -1 : h * HEX + l;
  }
}
