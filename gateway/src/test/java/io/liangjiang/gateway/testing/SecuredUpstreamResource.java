package io.liangjiang.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As {@link UpstreamResource}, with mutual TLS between the gateway and the service. */
public final class SecuredUpstreamResource implements QuarkusTestResourceLifecycleManager {
  private static final String PASSWORD = "changeit";
  private final UpstreamResource plain = new UpstreamResource();

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("tls");
      certify(folder);
      Map<String, String> settings = new HashMap<>(plain.start());
      settings.put("gateway.test.upstream-tls", folder.toString());
      settings.put("liangjiang.tls.certificate-file", folder.resolve("tls.crt").toString());
      settings.put("liangjiang.tls.key-file", folder.resolve("tls.key").toString());
      settings.put("liangjiang.tls.authority-file", folder.resolve("tls.crt").toString());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One certificate for both, which is its own authority. */
  private static void certify(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("store.p12");
    int code =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "city",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-validity",
                    "2",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("keytool ended with " + code);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    put(folder, "tls.crt", "CERTIFICATE", keys.getCertificate("city").getEncoded());
    put(folder, "tls.key", "PRIVATE KEY", keys.getKey("city", PASSWORD.toCharArray()).getEncoded());
  }

  private static void put(Path folder, String file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  @Override
  public void stop() {
    plain.stop();
  }
}
