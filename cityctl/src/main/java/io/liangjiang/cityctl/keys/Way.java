package io.liangjiang.cityctl.keys;

import java.util.Arrays;
import java.util.Locale;

/** The ways in which an entry of a Secret is made. */
enum Way {
  /** The text of the plan; for what is no secret and belongs beside one. */
  TEXT,
  /** Random letters and digits without the ones that look alike. */
  LETTERS,
  /** The text, then random digits. */
  DIGITS,
  /** Random bytes, in Base64. */
  BYTES,
  /** A random number of 159 bits, hexadecimal. */
  SERIAL,
  /** A private key of RSA with 2048 bits, PKCS #8 in PEM. */
  RSA,
  /** The public key of a private one, in PEM; follows it. */
  PUBLIC,
  /** A certificate that the key of a private one signs for itself, in PEM. */
  CERTIFICATE,
  /** SHA-256 of another entry, hexadecimal; follows it. */
  SHA256;

  static Way named(String path, String name) {
    return Arrays.stream(values())
        .filter(way -> way.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new BadPlan(path + ": no way is called '" + name + "'"));
  }

  /** Whether it says nothing of its own, so that it must always fit what it is derived from. */
  boolean follows() {
    return this == PUBLIC || this == SHA256;
  }
}
