package io.liangjiang.cityctl.keys;

import io.liangjiang.cityctl.keys.Plan.Entry;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Makes entries that follow from nothing. */
final class Randomness {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final String DIGITS = "0123456789";
  private static final int RSA_BITS = 2048;
  private static final int SERIAL_BITS = 159;
  private static final int MAX_LENGTH = 1024;

  private final SecureRandom random = new SecureRandom();

  String make(Entry entry) {
    return switch (entry.make()) {
      case TEXT -> entry.text();
      case LETTERS -> characters(LETTERS, length(entry));
      case DIGITS -> entry.text() + characters(DIGITS, length(entry));
      case BYTES -> Base64.getEncoder().encodeToString(bytes(length(entry)));
      case SERIAL -> serial().toString(16).toUpperCase(Locale.ROOT);
      case RSA -> rsa();
      case PUBLIC, CERTIFICATE, SHA256 -> throw new BadPlan(entry.make() + " is of something");
    };
  }

  /** A positive number that no certificate of ours has had. */
  BigInteger serial() {
    return new BigInteger(SERIAL_BITS - 1, random).setBit(SERIAL_BITS - 1);
  }

  private static int length(Entry entry) {
    if (entry.length() < 1 || entry.length() > MAX_LENGTH) {
      throw new BadPlan(entry.make() + " has a length of 1 to " + MAX_LENGTH);
    }
    return entry.length();
  }

  private String characters(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      return Pem.of("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no RSA", e);
    }
  }
}
