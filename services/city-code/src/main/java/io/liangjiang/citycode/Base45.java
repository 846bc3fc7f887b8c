package io.liangjiang.citycode;

import java.util.Arrays;

/**
 * Base45 after RFC 9285: two bytes become three characters of QR's alphanumeric set. Strict: text
 * that encoding would not have produced is refused. Handles even numbers of bytes only, as the code
 * has a fixed, even length.
 */
final class Base45 {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  private static final int BASE = 45;
  private static final byte[] VALUES = values();

  private Base45() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < BASE; i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** Appends the text of {@code bytes}, whose number is even. */
  static void encode(byte[] bytes, StringBuilder text) {
    for (int i = 0; i < bytes.length; i += 2) {
      int value = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
      text.append(ALPHABET.charAt(value % BASE));
      text.append(ALPHABET.charAt(value / BASE % BASE));
      text.append(ALPHABET.charAt(value / (BASE * BASE)));
    }
  }

  /**
   * Reads {@code bytes.length / 2 * 3} characters from {@code start} into {@code bytes}.
   *
   * @return false when a character is foreign or three characters stand for more than two bytes
   */
  static boolean decode(String text, int start, byte[] bytes) {
    int position = start;
    for (int i = 0; i < bytes.length; i += 2) {
      int low = value(text.charAt(position));
      int middle = value(text.charAt(position + 1));
      int high = value(text.charAt(position + 2));
      int value = low + BASE * (middle + BASE * high);
      if (low < 0 || middle < 0 || high < 0 || value > 0xffff) {
        return false;
      }
      bytes[i] = (byte) (value >> 8);
      bytes[i + 1] = (byte) value;
      position += 3;
    }
    return true;
  }

  private static int value(char character) {
    return character < VALUES.length ? VALUES[character] : -1;
  }
}
