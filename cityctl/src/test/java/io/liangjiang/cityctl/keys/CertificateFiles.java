package io.liangjiang.cityctl.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Secrets with certificates as the chart's Job makes them, in the files that the chart mounts.
 */
final class CertificateFiles {
  /** The Service of identity's HTTP, the one that is for the city's own processes alone. */
  static final String IDENTITY = "liangjiang-identity";

  private final Path directory;
  private final List<String> owners;
  private final MemoryStore store = new MemoryStore();

  CertificateFiles(Path directory, List<String> owners) {
    this.directory = directory;
    this.owners = List.copyOf(owners);
  }

  Path directory() {
    return directory;
  }

  /** The headless Service of the chart, which a certificate names. */
  static String host(String component) {
    return "liangjiang-" + component + "-grpc";
  }

  private static List<String> hosts(String owner) {
    return owner.equals("identity") ? List.of(host(owner), IDENTITY) : List.of(host(owner));
  }

  /** What the Job does at the given time; the files change as a mounted Secret does. */
  void make(InstantSource clock) {
    var unused = new Certificates(store, clock).make(CertificatePlan.read(plan()));
    for (String owner : owners) {
      Path folder = directory.resolve(owner);
      entries(owner).forEach((name, text) -> write(folder.resolve(name), text));
    }
  }

  private String plan() {
    List<Map<String, Object>> wanted = new ArrayList<>();
    for (String owner : owners) {
      List<String> names = new ArrayList<>(List.of("localhost"));
      for (String host : hosts(owner)) {
        names.addAll(List.of(host, host + ".city", host + ".city.svc"));
      }
      wanted.add(Map.of("secret", owner, "names", names));
    }
    Map<String, Object> certificates =
        Map.of("authority", "authority", "labels", Map.of(), "owners", wanted);
    try {
      return new ObjectMapper().writeValueAsString(Map.of("certificates", certificates));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> entries(String owner) {
    return store.find(owner).orElseThrow();
  }

  String certificate(String owner) {
    return entries(owner).get("tls.crt");
  }

  String key(String owner) {
    return entries(owner).get("tls.key");
  }

  String authority(String owner) {
    return entries(owner).get("ca.crt");
  }

  /** By which a certificate is told from the one before. */
  String serial(String owner) {
    return CertificateMaker.read(certificate(owner)).getSerialNumber().toString(16);
  }

  /** As the chart sets them. */
  Map<String, String> settings(String owner) {
    Path folder = directory.resolve(owner);
    return Map.of(
        "liangjiang.tls.certificate-file", folder.resolve("tls.crt").toString(),
        "liangjiang.tls.key-file", folder.resolve("tls.key").toString(),
        "liangjiang.tls.authority-file", folder.resolve("ca.crt").toString(),
        "liangjiang.tls.http", Boolean.toString(owner.equals("identity")));
  }

  /** Where every process looks names up. */
  Path hosts() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName());
    for (String owner : owners) {
      hosts(owner).forEach(host -> lines.add("127.0.0.1 " + host));
    }
    return Files.write(directory.resolve("hosts"), lines);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
