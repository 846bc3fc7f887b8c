package io.liangjiang.cityctl.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liangjiang.cityctl.keys.Plan.Entry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes entries that follow from another. */
final class Derivation {
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(5L * 365);

  private Derivation() {}

  static String of(Entry entry, String source, Randomness randomness) {
    try {
      return switch (entry.make()) {
        case SHA256 -> sha256(source);
        case PUBLIC -> Pem.of("PUBLIC KEY", publicKey(privateKey(source)).getEncoded());
        case CERTIFICATE -> certificate(entry.text(), privateKey(source), randomness);
        default -> throw new BadPlan(entry.make() + " is of nothing");
      };
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new BadPlan(entry.make() + " of " + entry.of() + ": " + e.getMessage());
    }
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private static RSAPrivateCrtKey privateKey(String pem) throws GeneralSecurityException {
    return (RSAPrivateCrtKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(pem)));
  }

  private static PublicKey publicKey(RSAPrivateCrtKey key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  private static String certificate(String commonName, RSAPrivateCrtKey key, Randomness randomness)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            randomness.serial(),
            Date.from(now),
            Date.from(now.plus(CERTIFICATE_LIFE)),
            name,
            publicKey(key));
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(key);
    return Pem.of("CERTIFICATE", builder.build(signer).getEncoded());
  }
}
