package io.liangjiang.cityctl.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where identity stood and publishes keys of its own, by which it signs tokens. */
final class ForgedIssuer implements AutoCloseable {
  private static final String KEY_ID = "forged";
  private static final int COORDINATE_BYTES = 32;
  private static final int PATIENCE_SECONDS = 60;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Semaphore refusals = new Semaphore(0);
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyPair keys;
  private final ServerSocket socket;

  ForgedIssuer(Handshake shown, int port, KeyPair keys) throws IOException {
    this.keys = keys;
    this.socket = shown.server().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::serve);
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether so often somebody called and went away before a word of HTTP, or soon will have. */
  boolean isRefused(int times) throws InterruptedException {
    return refusals.tryAcquire(times, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** How often somebody asked. */
  int requests() {
    return requests.get();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        var unused = threads.submit(() -> answer(caller));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      var in = new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII);
      String first = new BufferedReader(in).readLine();
      if (first == null) {
        refusals.release();
        return;
      }
      requests.incrementAndGet();
      String body = published();
      String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length();
      caller
          .getOutputStream()
          .write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      refusals.release();
    }
  }

  private String published() {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    return """
    {"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"%s","x":"%s","y":"%s"}]}
    """
        .formatted(KEY_ID, coordinate(point.getAffineX()), coordinate(point.getAffineY()));
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return BASE64.encodeToString(fixed);
  }

  /** A citizen's access token as identity makes them, but for the key. */
  static String token(KeyPair keys) {
    String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + KEY_ID + "\"}";
    String claims =
        """
        {"iss":"https://liangjiang.local","aud":"liangjiang","sub":"%s","exp":%d,"roles":["citizen"],"acr":"real_name"}
        """
            .formatted(
                java.util.UUID.randomUUID(), Instant.now().plusSeconds(600).getEpochSecond());
    String signed = encode(header) + "." + encode(claims.trim());
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until the port is free. */
  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
    threads.close();
  }
}
