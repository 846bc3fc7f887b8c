package io.liangjiang.sandbox.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelKeySetTest {
  @TempDir Path directory;

  @Test
  void givesBothSidesKeysThatFit() throws Exception {
    ChannelKeySet keys = ChannelKeySet.in(directory);
    var sandbox = keys.sandboxEnvironment();
    var payments = keys.paymentsEnvironment();

    assertThat(
            fits(
                payments.get("LIANGJIANG_CHANNEL_SANDBOX_PAY_MERCHANT_PRIVATE_KEY_FILE"),
                sandbox.get("LIANGJIANG_SANDBOX_MERCHANT_PUBLIC_KEY_FILE")))
        .isTrue();
    assertThat(
            fits(
                sandbox.get("LIANGJIANG_SANDBOX_PLATFORM_PRIVATE_KEY_FILE"),
                payments.get("LIANGJIANG_CHANNEL_SANDBOX_PAY_PLATFORM_PUBLIC_KEY_FILE")))
        .isTrue();
    assertThat(payments.get("LIANGJIANG_CHANNEL_SANDBOX_PAY_API_V3_KEY"))
        .hasSize(32)
        .isEqualTo(sandbox.get("LIANGJIANG_SANDBOX_API_V3_KEY"));
    assertThat(payments.get("LIANGJIANG_CHANNEL_SANDBOX_PAY_PLATFORM_PUBLIC_KEY_ID"))
        .startsWith("PUB_KEY_ID_")
        .isEqualTo(sandbox.get("LIANGJIANG_SANDBOX_PLATFORM_PUBLIC_KEY_ID"));
  }

  @Test
  void certificateCarriesThePlatformKeyAndSignsItself() throws Exception {
    var sandbox = ChannelKeySet.in(directory).sandboxEnvironment();
    X509Certificate certificate;
    try (var in =
        Files.newInputStream(
            Path.of(sandbox.get("LIANGJIANG_SANDBOX_PLATFORM_CERTIFICATE_FILE")))) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(certificate.getPublicKey())
        .isEqualTo(publicKey(directory.resolve("platform-public.pem").toString()));
    assertThat(certificate.getSerialNumber()).isGreaterThan(BigInteger.ONE.shiftLeft(157));
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=Liangjiang sandbox channel");
  }

  @Test
  void keepsASetThatIsThere() throws Exception {
    var first = ChannelKeySet.in(directory).paymentsEnvironment();

    assertThat(ChannelKeySet.in(directory).paymentsEnvironment()).isEqualTo(first);
  }

  @Test
  void privateFilesAreForTheirOwnerOnly() throws Exception {
    ChannelKeySet.in(directory);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("merchant-private.pem"))))
        .isEqualTo("rw-------");
  }

  private static boolean fits(String privateFile, String publicFile) throws Exception {
    PrivateKey privateKey =
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(privateFile)));
    byte[] message = "two rivers".getBytes(StandardCharsets.UTF_8);
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(privateKey);
    signer.update(message);
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(publicKey(publicFile));
    verifier.update(message);
    return verifier.verify(signer.sign());
  }

  private static PublicKey publicKey(String file) throws Exception {
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(file)));
  }

  private static byte[] der(String file) throws Exception {
    String pem = Files.readString(Path.of(file));
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
