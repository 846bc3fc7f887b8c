package io.liangjiang.citycode;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A public key that a reader accepts codes of, possibly only until a moment. */
public final class VerificationKey {
  private final PublicKey publicKey;
  private final int keyId;
  private final @Nullable Instant acceptEndTime;

  private VerificationKey(PublicKey publicKey, @Nullable Instant acceptEndTime) {
    this.publicKey = publicKey;
    this.keyId = keyId(publicKey);
    this.acceptEndTime = acceptEndTime;
  }

  /**
   * A key without an end.
   *
   * @param x509 X.509 SubjectPublicKeyInfo in DER
   * @throws IllegalArgumentException when it is no Ed25519 key
   */
  public static VerificationKey of(byte[] x509) {
    try {
      KeyFactory factory = KeyFactory.getInstance(SigningKey.ALGORITHM);
      return new VerificationKey(factory.generatePublic(new X509EncodedKeySpec(x509)), null);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 public key", e);
    }
  }

  /** The same key, accepted for codes that are shown before {@code time}. */
  public VerificationKey acceptedUntil(Instant time) {
    return new VerificationKey(publicKey, time);
  }

  /** See {@link SigningKey#keyId()}. */
  public int keyId() {
    return keyId;
  }

  /** The key id as 8 hexadecimal digits. */
  public String keyIdHex() {
    return HexFormat.of().toHexDigits(keyId);
  }

  boolean isAcceptedAt(Instant time) {
    return acceptEndTime == null || time.isBefore(acceptEndTime);
  }

  boolean verifies(byte[] bytes, byte[] signatureBytes) {
    try {
      Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(bytes);
      return signature.verify(signatureBytes);
    } catch (SignatureException e) {
      return false; // The bytes cannot be a signature, which is one way of not being one.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A valid key did not verify", e);
    }
  }

  static int keyId(PublicKey publicKey) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
      return ByteBuffer.wrap(digest).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
