package io.liangjiang.payments.sealed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to a server and checks its answers: HMAC-SHA256 in hexadecimal over lines that
 * each end with a newline. An answer is signed with the nonce of its request, so that an old answer
 * does not fit a new question.
 */
public record Seal(String key) {
  private static final String ALGORITHM = "HmacSHA256";

  /** The signature of a request. */
  public String ofRequest(String method, String path, String timestamp, String nonce, String body) {
    return sign(method, path, timestamp, nonce, body);
  }

  /** Whether the server signed this answer to the request of that nonce. */
  public boolean isOfAnswer(int status, String requestNonce, String body, String signature) {
    String expected = sign(Integer.toString(status), requestNonce, body);
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
  }

  public String sign(String... lines) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String text = String.join("\n", lines) + "\n";
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "Seal";
  }
}
