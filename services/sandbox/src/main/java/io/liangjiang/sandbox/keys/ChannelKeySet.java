package io.liangjiang.sandbox.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of one merchant with the simulated payment channel, kept as files in one directory.
 *
 * <p>Run as a program with a directory as argument, it makes the set unless it is there already and
 * prints where the two environments are: {@code sandbox.env} and {@code payments.env}, one {@code
 * NAME=value} a line.
 */
public final class ChannelKeySet {
  private static final String MERCHANT_ID = "1900000109";
  private static final int KEY_BITS = 2048;
  private static final int API_KEY_LENGTH = 32;
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(5 * 365);
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;

  private ChannelKeySet(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Makes the key set in the directory given as the only argument, or keeps the one in it. */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: ChannelKeySet DIRECTORY");
    }
    ChannelKeySet keys = in(Path.of(args[0]));
    System.out.println(keys.directory.resolve("sandbox.env"));
    System.out.println(keys.directory.resolve("payments.env"));
  }

  /**
   * Opens the key set in a directory; makes directory and keys if they are not there. Private keys
   * and environments are readable by their owner only.
   */
  public static ChannelKeySet in(Path directory) throws IOException, GeneralSecurityException {
    ChannelKeySet keys = new ChannelKeySet(directory);
    if (!Files.exists(keys.directory.resolve("payments.env"))) {
      keys.generate();
    }
    return keys;
  }

  /** What the sandbox's process needs in its environment. */
  public Map<String, String> sandboxEnvironment() throws IOException {
    return read("sandbox.env");
  }

  /**
   * What payments' process needs in its environment, except the addresses: {@code
   * LIANGJIANG_CHANNEL_SANDBOX_PAY_BASE_URL} and {@code ..._NOTIFY_URL} are the launcher's.
   */
  public Map<String, String> paymentsEnvironment() throws IOException {
    return read("payments.env");
  }

  private void generate() throws IOException, GeneralSecurityException {
    Files.createDirectories(directory);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS, RANDOM);
    KeyPair merchant = generator.generateKeyPair();
    KeyPair platform = generator.generateKeyPair();
    BigInteger platformSerial = new BigInteger(158, RANDOM).setBit(158);
    Instant now = Instant.now();
    byte[] certificate =
        SelfSignedCertificate.of(
            platform,
            "Liangjiang sandbox channel",
            platformSerial,
            now,
            now.plus(CERTIFICATE_LIFE));
    writePem("merchant-private.pem", "PRIVATE KEY", merchant.getPrivate().getEncoded());
    writePem("merchant-public.pem", "PUBLIC KEY", merchant.getPublic().getEncoded());
    writePem("platform-private.pem", "PRIVATE KEY", platform.getPrivate().getEncoded());
    writePem("platform-public.pem", "PUBLIC KEY", platform.getPublic().getEncoded());
    writePem("platform-certificate.pem", "CERTIFICATE", certificate);
    writeEnvironments();
  }

  private void writeEnvironments() throws IOException {
    String merchantSerial = hex(new BigInteger(158, RANDOM).setBit(158));
    String publicKeyId = "PUB_KEY_ID_0" + digits(31);
    String apiV3Key = letters(API_KEY_LENGTH);
    Map<String, String> sandbox = new LinkedHashMap<>();
    sandbox.put("LIANGJIANG_SANDBOX_MERCHANT_ID", MERCHANT_ID);
    sandbox.put("LIANGJIANG_SANDBOX_MERCHANT_SERIAL", merchantSerial);
    sandbox.put("LIANGJIANG_SANDBOX_MERCHANT_PUBLIC_KEY_FILE", file("merchant-public.pem"));
    sandbox.put("LIANGJIANG_SANDBOX_PLATFORM_PRIVATE_KEY_FILE", file("platform-private.pem"));
    sandbox.put("LIANGJIANG_SANDBOX_PLATFORM_CERTIFICATE_FILE", file("platform-certificate.pem"));
    sandbox.put("LIANGJIANG_SANDBOX_PLATFORM_PUBLIC_KEY_ID", publicKeyId);
    sandbox.put("LIANGJIANG_SANDBOX_API_V3_KEY", apiV3Key);
    Map<String, String> payments = new LinkedHashMap<>();
    String prefix = "LIANGJIANG_CHANNEL_SANDBOX_PAY_";
    payments.put(prefix + "MERCHANT_ID", MERCHANT_ID);
    payments.put(prefix + "MERCHANT_SERIAL", merchantSerial);
    payments.put(prefix + "MERCHANT_PRIVATE_KEY_FILE", file("merchant-private.pem"));
    payments.put(prefix + "PLATFORM_PUBLIC_KEY_FILE", file("platform-public.pem"));
    payments.put(prefix + "PLATFORM_PUBLIC_KEY_ID", publicKeyId);
    payments.put(prefix + "API_V3_KEY", apiV3Key);
    writeEnvironment("sandbox.env", sandbox);
    writeEnvironment("payments.env", payments);
  }

  private void writeEnvironment(String name, Map<String, String> environment) throws IOException {
    List<String> lines = new ArrayList<>();
    environment.forEach((key, value) -> lines.add(key + "=" + value));
    writePrivately(name, String.join("\n", lines) + "\n");
  }

  private void writePem(String name, String type, byte[] der) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    writePrivately(
        name, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  private void writePrivately(String name, String text) throws IOException {
    Path path = directory.resolve(name);
    Files.deleteIfExists(path);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
    Files.writeString(path, text);
  }

  private Map<String, String> read(String name) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String line : Files.readAllLines(directory.resolve(name))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return environment;
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static String hex(BigInteger number) {
    return number.toString(16).toUpperCase(Locale.ROOT);
  }

  private static String digits(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + RANDOM.nextInt(10)));
    }
    return text.toString();
  }

  private static String letters(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
