package io.liangjiang.platform.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates for tests. */
public final class Authority {
  private static final Duration DAY = Duration.ofDays(1);
  private final KeyPair keys = keys();
  private final X500Name name;
  private long serial = 1;

  public Authority(String name) {
    this.name = new X500Name("CN=" + name);
  }

  /** Writes {@code tls.crt}, {@code tls.key} and {@code ca.crt} for localhost into the folder. */
  Credentials issue(Path folder) throws Exception {
    write(folder, Instant.now().plus(DAY));
    return credentials(folder);
  }

  /** A certificate whose time was over an hour ago. */
  Credentials issueExpired(Path folder) throws Exception {
    write(folder, Instant.now().minus(Duration.ofHours(1)));
    return credentials(folder);
  }

  void write(Path folder, Instant end) throws Exception {
    write(folder, "localhost", end);
  }

  /** The same for a host of that name, for a day. */
  public void write(Path folder, String host) throws Exception {
    write(folder, host, Instant.now().plus(DAY));
  }

  private void write(Path folder, String host, Instant end) throws Exception {
    KeyPair own = keys();
    Files.createDirectories(folder);
    put(folder, "tls.crt", "CERTIFICATE", certificate(host, own, end, false));
    put(folder, "tls.key", "PRIVATE KEY", own.getPrivate().getEncoded());
    put(folder, "ca.crt", "CERTIFICATE", certificate("", keys, end.plus(DAY), true));
  }

  static Credentials credentials(Path folder) {
    return Credentials.of(
        folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
  }

  private byte[] certificate(String host, KeyPair owner, Instant end, boolean isAuthority)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial++),
            Date.from(end.minus(DAY.multipliedBy(3))),
            Date.from(end),
            isAuthority ? name : new X500Name("CN=" + host),
            owner.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (!isAuthority) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }
    PrivateKey signer = keys.getPrivate();
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)).getEncoded();
  }

  private static void put(Path folder, String file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
