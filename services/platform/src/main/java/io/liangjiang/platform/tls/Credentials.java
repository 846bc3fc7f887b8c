package io.liangjiang.platform.tls;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.grpc.util.CertificateUtils;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/**
 * This process' certificate and whom it trusts, as the files say now. A connection that is made
 * after {@link #reload} shows and takes the new ones; those that are open go on.
 */
final class Credentials {
  private static final Logger LOG = Logger.getLogger(Credentials.class);

  private final Path certificate;
  private final Path key;
  private final Path authority;
  private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager callers;
  private final AdvancedTlsX509TrustManager servers;
  private byte[][] known = new byte[0][];

  private Credentials(Path certificate, Path key, Path authority) throws GeneralSecurityException {
    this.certificate = certificate;
    this.key = key;
    this.authority = authority;
    this.callers = trust(Verification.CERTIFICATE_ONLY_VERIFICATION);
    this.servers = trust(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION);
  }

  private static AdvancedTlsX509TrustManager trust(Verification verification)
      throws GeneralSecurityException {
    return AdvancedTlsX509TrustManager.newBuilder().setVerification(verification).build();
  }

  /** Of files that must be there and fit. Errors: IllegalStateException. */
  static Credentials of(Path certificate, Path key, Path authority) {
    try {
      Credentials credentials = new Credentials(certificate, key, authority);
      credentials.take(credentials.read());
      return credentials;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("liangjiang.tls: " + e, e);
    }
  }

  /** Takes what is new in the files; a fault in them leaves what is in use. */
  synchronized void reload() {
    try {
      byte[][] files = read();
      if (!Arrays.deepEquals(files, known)) {
        take(files);
        LOG.info("the certificate or the authority has changed and is in use");
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.errorf("the new certificate cannot be used, the one before stays: %s", e.getMessage());
    }
  }

  private byte[][] read() throws IOException {
    return new byte[][] {
      Files.readAllBytes(certificate), Files.readAllBytes(key), Files.readAllBytes(authority)
    };
  }

  private synchronized void take(byte[][] files) throws IOException, GeneralSecurityException {
    X509Certificate[] chain = certificates(files[0]);
    PrivateKey secret = CertificateUtils.getPrivateKey(new ByteArrayInputStream(files[1]));
    X509Certificate[] authorities = certificates(files[2]);
    if (chain.length == 0 || authorities.length == 0) {
      throw new GeneralSecurityException("there is no certificate in " + certificate);
    }
    servers.updateTrustCredentials(authorities);
    callers.updateTrustCredentials(authorities);
    identity.updateIdentityCredentials(chain, secret);
    known = files;
  }

  private static X509Certificate[] certificates(byte[] pem) throws GeneralSecurityException {
    return CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem));
  }

  /** Asks every caller for a certificate and ends who has none of the authority's. */
  SslContext ofServer() throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(identity).trustManager(callers).clientAuth(ClientAuth.REQUIRE);
    return GrpcSslContexts.configure(builder).build();
  }

  /** Shows the certificate and takes a server only under the name that it was called by. */
  SslContext ofClient() throws SSLException {
    return GrpcSslContexts.forClient().keyManager(identity).trustManager(servers).build();
  }

  /** {@link #ofServer} for HTTP. */
  void secure(HttpServerOptions options) {
    options
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(identity))
        .setTrustOptions(TrustOptions.wrap(callers))
        .setClientAuth(io.vertx.core.http.ClientAuth.REQUIRED);
  }

  /** {@link #ofClient} for HTTP, where the address begins with https. */
  void secure(HttpClientOptions options) {
    options
        .setVerifyHost(true)
        .setKeyCertOptions(KeyCertOptions.wrap(identity))
        .setTrustOptions(TrustOptions.wrap(servers));
  }
}
