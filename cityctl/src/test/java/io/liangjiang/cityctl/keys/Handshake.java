package io.liangjiang.cityctl.keys;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Somebody who calls a port by hand: TLS, and the first words of HTTP/2 or a request. */
final class Handshake {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final int HEADER_BYTES = 9;
  private static final int TYPE = 3;
  private static final byte SETTINGS = 4;
  private static final int PATIENCE_MILLIS = 10_000;

  private final SSLContext context;

  private Handshake(KeyManager[] own, CertificateFiles trusted) {
    try {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      authorities.setCertificateEntry("authority", certificate(trusted.authority("gateway")));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(authorities);
      context = SSLContext.getInstance("TLS");
      context.init(own, trust.getTrustManagers(), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Who has no certificate. */
  static Handshake nobody(CertificateFiles trusted) {
    return new Handshake(new KeyManager[0], trusted);
  }

  /** Who shows an owner's certificate. */
  static Handshake of(CertificateFiles files, String owner, CertificateFiles trusted) {
    try {
      var own = new Shown(certificate(files.certificate(owner)), key(files.key(owner)));
      return new Handshake(new KeyManager[] {own}, trusted);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Serial number of the server's certificate, once it has taken ours and speaks HTTP/2. Errors:
   * SSLException with the server's alert, or SocketException where the server had gone before it
   * could be read.
   */
  String settings(int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(EMPTY_SETTINGS);
      byte[] header = socket.getInputStream().readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES || header[TYPE] != SETTINGS) {
        throw new EOFException("no settings from port " + port);
      }
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSerialNumber().toString(16);
    }
  }

  /** What a port answers to a request of HTTP/1.1, head and body. Errors: as above. */
  String get(int port, String path) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.startHandshake();
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sockets that show the certificate to whoever connects. */
  SSLServerSocketFactory server() {
    return context.getServerSocketFactory();
  }

  private static X509Certificate certificate(String pem) throws GeneralSecurityException {
    byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] encoded = Base64.getDecoder().decode(body);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** A certificate that is shown whatever authorities the server names. */
  private record Shown(X509Certificate certificate, PrivateKey key) implements X509KeyManager {
    private static final String ALIAS = "own";

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}
