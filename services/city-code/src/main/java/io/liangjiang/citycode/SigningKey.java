package io.liangjiang.citycode;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** An Ed25519 key pair that codes are signed with. Its text form does not show the private part. */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final int keyId;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.keyId = VerificationKey.keyId(publicKey);
  }

  /** Makes a new random key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no Ed25519", e);
    }
  }

  /**
   * Reads a key that was kept.
   *
   * @param pkcs8 the private part as of {@link #encodedPrivate()}
   * @param x509 the public part as of {@link #encodedPublic()}
   * @throws IllegalArgumentException when these are not the two parts of one Ed25519 key
   */
  public static SigningKey of(byte[] pkcs8, byte[] x509) {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey privatePart = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      PublicKey publicPart = factory.generatePublic(new X509EncodedKeySpec(x509));
      SigningKey key = new SigningKey(privatePart, publicPart);
      byte[] probe = new byte[CodeFormat.CLAIMS_LENGTH];
      if (!VerificationKey.of(x509).verifies(probe, key.sign(probe))) {
        throw new IllegalArgumentException(
            "The private and the public part do not belong together");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 key", e);
    }
  }

  /** The first four bytes of the SHA-256 of the public key: no authority has to hand out ids. */
  public int keyId() {
    return keyId;
  }

  /** The public part, X.509 SubjectPublicKeyInfo in DER. */
  public byte[] encodedPublic() {
    return publicKey.getEncoded();
  }

  /** The private part, PKCS #8 in DER. Keep it encrypted. */
  public byte[] encodedPrivate() {
    return privateKey.getEncoded();
  }

  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A valid key did not sign", e);
    }
  }
}
