package io.liangjiang.cityctl.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468). */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String of(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static byte[] read(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
