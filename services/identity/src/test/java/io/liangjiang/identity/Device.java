package io.liangjiang.identity;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;

/**
 * A browser and the authenticator behind it, with one passkey (WebAuthn level 3, ES256, attestation
 * "none"). Written after the specification and judged by webauthn4j, which the service verifies
 * with. What it says can be made wrong, one thing at a time.
 */
public final class Device {
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int COORDINATE_BYTES = 32;

  private final KeyPair keys;
  private final byte[] credentialId;
  private String origin = "http://localhost:8080";
  private String rpId = "localhost";
  private boolean verifiesUser = true;
  private boolean breaksSignature;
  private byte[] userHandle = new byte[0];
  private int signCount;

  public Device() {
    this(key(), bytes(UUID.randomUUID()));
  }

  private Device(KeyPair keys, byte[] credentialId) {
    this.keys = keys;
    this.credentialId = credentialId;
  }

  /** A thief's copy as the device is now: the same key, id and counter. */
  public Device copy() {
    Device copy = new Device(keys, credentialId);
    copy.signCount = signCount;
    copy.userHandle = userHandle;
    return copy;
  }

  /** The same passkey id with another key behind it. */
  public Device withAnotherKey() {
    Device other = new Device(key(), credentialId);
    other.signCount = signCount;
    other.userHandle = userHandle;
    return other;
  }

  public Device at(String wrongOrigin) {
    origin = wrongOrigin;
    return this;
  }

  public Device of(String wrongDomain) {
    rpId = wrongDomain;
    return this;
  }

  public Device withoutUserVerification() {
    verifiesUser = false;
    return this;
  }

  public Device breakingSignatures() {
    breaksSignature = true;
    return this;
  }

  public Device saying(UUID wrongOwner) {
    userHandle = bytes(wrongOwner);
    return this;
  }

  /** Makes the passkey; the credential as JSON. */
  public String register(String optionsJson) {
    var options = new JsonObject(optionsJson);
    userHandle = decode(options.getJsonObject("user").getString("id"));
    byte[] clientData = clientData("webauthn.create", options.getString("challenge"));
    return credential(
        new JsonObject()
            .put("clientDataJSON", encode(clientData))
            .put("attestationObject", encode(attestation(authenticatorData(true))))
            .put("transports", new JsonArray().add("internal")));
  }

  /** Uses the passkey; the credential as JSON. */
  public String use(String optionsJson) {
    signCount++;
    String challenge = new JsonObject(optionsJson).getString("challenge");
    byte[] clientData = clientData("webauthn.get", challenge);
    byte[] data = authenticatorData(false);
    return credential(
        new JsonObject()
            .put("clientDataJSON", encode(clientData))
            .put("authenticatorData", encode(data))
            .put("signature", encode(sign(data, clientData)))
            .put("userHandle", encode(userHandle)));
  }

  private String credential(JsonObject response) {
    return new JsonObject()
        .put("id", encode(credentialId))
        .put("rawId", encode(credentialId))
        .put("type", "public-key")
        .put("authenticatorAttachment", "platform")
        .put("clientExtensionResults", new JsonObject())
        .put("response", response)
        .encode();
  }

  private byte[] clientData(String type, String challenge) {
    return new JsonObject()
        .put("type", type)
        .put("challenge", challenge)
        .put("origin", origin)
        .put("crossOrigin", false)
        .encode()
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(boolean attested) {
    int flags = USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | (attested ? ATTESTED : 0);
    var out = new ByteArrayOutputStream();
    out.writeBytes(sha256(rpId.getBytes(StandardCharsets.UTF_8)));
    out.write(flags);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(signCount).array());
    if (attested) {
      out.writeBytes(new byte[2 * Long.BYTES]);
      out.writeBytes(
          ByteBuffer.allocate(Short.BYTES).putShort((short) credentialId.length).array());
      out.writeBytes(credentialId);
      out.writeBytes(publicKey());
    }
    return out.toByteArray();
  }

  /** COSE (RFC 9053): kty EC2, alg ES256, crv P-256, x, y. */
  private byte[] publicKey() {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    return cbor(
        map -> {
          map.writeStartObject(5);
          map.writeFieldId(1);
          map.writeNumber(2);
          map.writeFieldId(3);
          map.writeNumber(-7);
          map.writeFieldId(-1);
          map.writeNumber(1);
          map.writeFieldId(-2);
          map.writeBinary(coordinate(point.getAffineX()));
          map.writeFieldId(-3);
          map.writeBinary(coordinate(point.getAffineY()));
          map.writeEndObject();
        });
  }

  private static byte[] attestation(byte[] authenticatorData) {
    return cbor(
        map -> {
          map.writeStartObject(3);
          map.writeStringField("fmt", "none");
          map.writeFieldName("attStmt");
          map.writeStartObject(0);
          map.writeEndObject();
          map.writeFieldName("authData");
          map.writeBinary(authenticatorData);
          map.writeEndObject();
        });
  }

  private byte[] sign(byte[] authenticatorData, byte[] clientData) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(authenticatorData);
      signature.update(sha256(clientData));
      signature.update(breaksSignature ? new byte[1] : new byte[0]);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Writing {
    void to(CBORGenerator generator) throws IOException;
  }

  private static byte[] cbor(Writing writing) {
    var out = new ByteArrayOutputStream();
    try (CBORGenerator generator = new CBORFactory().createGenerator(out)) {
      writing.to(generator);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return fixed;
  }

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
