package io.liangjiang.identity.passkey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What a browser is asked, as its own JSON (WebAuthn level 3, sections 5.1.8 and 5.1.9). */
final class PasskeyOptions {
  private static final int ES256 = -7;
  private static final int RS256 = -257;
  private static final String TYPE = "public-key";

  private PasskeyOptions() {}

  /** To make a passkey that the browser finds by itself later, with user verification. */
  static String creation(
      PasskeyDomain domain, byte[] challenge, UUID accountId, String name, List<byte[]> known) {
    var excluded = new JsonArray();
    known.forEach(id -> excluded.add(new JsonObject().put("type", TYPE).put("id", text(id))));
    return new JsonObject()
        .put("challenge", text(challenge))
        .put("rp", new JsonObject().put("id", domain.requireId()).put("name", domain.name()))
        .put(
            "user",
            new JsonObject()
                .put("id", text(userHandle(accountId)))
                .put("name", name)
                .put("displayName", name))
        .put(
            "pubKeyCredParams",
            new JsonArray()
                .add(new JsonObject().put("type", TYPE).put("alg", ES256))
                .add(new JsonObject().put("type", TYPE).put("alg", RS256)))
        .put("timeout", PasskeyChallenges.LIFE.toMillis())
        .put("excludeCredentials", excluded)
        .put(
            "authenticatorSelection",
            new JsonObject()
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required"))
        .put("attestation", "none")
        .encode();
  }

  /** To use any passkey of the city's domain. */
  static String request(PasskeyDomain domain, byte[] challenge) {
    return new JsonObject()
        .put("challenge", text(challenge))
        .put("rpId", domain.requireId())
        .put("timeout", PasskeyChallenges.LIFE.toMillis())
        .put("userVerification", "required")
        .put("allowCredentials", new JsonArray())
        .encode();
  }

  /** What devices know the account by: the bytes of its id, which say nothing of the person. */
  static byte[] userHandle(UUID accountId) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(accountId.getMostSignificantBits())
        .putLong(accountId.getLeastSignificantBits())
        .array();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
