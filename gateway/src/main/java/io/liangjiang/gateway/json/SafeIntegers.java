package io.liangjiang.gateway.json;

/** The whole numbers that every JSON reader can hold (RFC 8259, section 6). */
final class SafeIntegers {
  private static final long MAX = (1L << 53) - 1;

  private SafeIntegers() {}

  static boolean isSafe(long value) {
    return value >= -MAX && value <= MAX;
  }
}
