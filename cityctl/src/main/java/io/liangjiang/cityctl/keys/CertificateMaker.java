package io.liangjiang.cityctl.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes and reads certificates (RFC 5280) with keys of the curve P-256. */
final class CertificateMaker {
  /** Clocks of nodes differ. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int DNS_NAME = 2;
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?");

  private final Randomness randomness = new Randomness();

  /**
   * A certificate and its key.
   *
   * @param certificate in PEM
   * @param key PKCS #8 in PEM
   */
  record Made(String certificate, String key) {}

  /** An authority that signs for itself. */
  Made authority(String name, Instant now, Duration life) {
    try {
      KeyPair keys = keys();
      X500Name subject = name(name + " " + randomness.serial().toString(16).substring(0, 8));
      var builder = builder(subject, subject, keys, now, life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return made(builder, keys, keys.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new BadPlan("the authority: " + e.getMessage());
    }
  }

  /** A certificate for servers of these names, which are clients too. */
  Made issue(List<String> names, Instant now, Duration life, String authority, String key) {
    try {
      KeyPair keys = keys();
      X500Name issuer =
          X500Name.getInstance(read(authority).getSubjectX500Principal().getEncoded());
      var builder = builder(issuer, name(names.getFirst()), keys, now, life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              names.stream()
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(read(authority)));
      PrivateKey signer =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(key)));
      return made(builder, keys, signer);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new BadPlan("the certificate of " + names.getFirst() + ": " + e.getMessage());
    }
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        randomness.serial(),
        Date.from(now.minus(TOLERANCE)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static Made made(JcaX509v3CertificateBuilder builder, KeyPair keys, PrivateKey signer)
      throws OperatorCreationException, IOException {
    byte[] signed =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)).getEncoded();
    return new Made(
        Pem.of("CERTIFICATE", signed), Pem.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static X509Certificate read(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new BadPlan("a certificate that is there is none: " + e.getMessage());
    }
  }

  static Instant end(String pem) {
    return read(pem).getNotAfter().toInstant();
  }

  /** The certificates of a bundle, one by one. */
  static List<String> split(String bundle) {
    return CERTIFICATE.matcher(bundle).results().map(MatchResult::group).toList();
  }

  static boolean isSignedBy(X509Certificate certificate, String authority) {
    try {
      certificate.verify(read(authority).getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The names of its servers. */
  static Set<String> names(X509Certificate certificate) {
    try {
      Set<String> names = new TreeSet<>();
      var alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? new ArrayList<List<?>>() : alternatives) {
        if (name.getFirst().equals(DNS_NAME)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
      return names;
    } catch (GeneralSecurityException e) {
      throw new BadPlan("a certificate that is there is none: " + e.getMessage());
    }
  }
}
