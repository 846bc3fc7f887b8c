package io.liangjiang.identity.signing;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** Makes key pairs and reads their private halves; a tenth of a second of a processor each. */
@ApplicationScoped
class SigningKeyFactory {
  private static final int KEY_BITS = 2048;

  private final Vault vault;

  SigningKeyFactory(Vault vault) {
    this.vault = vault;
  }

  /** A new pair that does not sign yet. */
  SigningKey create(Instant now) {
    try {
      RsaJsonWebKey pair = RsaJwkGenerator.generateJwk(KEY_BITS);
      String id = pair.calculateBase64urlEncodedThumbprint("SHA-256");
      pair.setKeyId(id);
      pair.setUse("sig");
      pair.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
      String publicJwk = pair.toJson(OutputControlLevel.PUBLIC_ONLY);
      Sealed sealed = vault.seal(pair.getPrivateKey().getEncoded(), place(id));
      return new SigningKey(id, SigningKey.State.NEXT, publicJwk, sealed, now, null, null);
    } catch (JoseException e) {
      throw new IllegalStateException("RSA is part of every JDK", e);
    }
  }

  PrivateKey privateKey(SigningKey key) {
    byte[] pkcs8 = vault.open(key.privateKey(), place(key.id()));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + key.id() + " cannot be read", e);
    }
  }

  private static String place(String id) {
    return "signing_key.private_key/" + id;
  }
}
