package io.liangjiang.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Says in an archive under which name containerd takes it in ({@code ctr images import}, {@code
 * kind load image-archive}). Without it the image is there under its short name, which the kubelet,
 * who looks for the full one, never finds.
 */
final class ImportName {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDEX = "index.json";
  private static final String SHORT = "org.opencontainers.image.ref.name";
  private static final String FULL = "io.containerd.image.name";

  private ImportName() {}

  static void write(Path archive) throws IOException {
    Path draft = archive.resolveSibling(archive.getFileName() + ".draft");
    try (InputStream from = Files.newInputStream(archive);
        TarArchiveInputStream in = new TarArchiveInputStream(from);
        TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(draft))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(INDEX)) {
          byte[] index = named(in.readAllBytes());
          entry.setSize(index.length);
          out.putArchiveEntry(entry);
          out.write(index);
        } else {
          out.putArchiveEntry(entry);
          in.transferTo(out);
        }
        out.closeArchiveEntry();
      }
    }
    Files.move(draft, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] named(byte[] index) throws IOException {
    JsonNode tree = JSON.readTree(index);
    for (JsonNode manifest : tree.path("manifests")) {
      if (manifest.path("annotations") instanceof ObjectNode annotations
          && annotations.has(SHORT)) {
        annotations.put(FULL, full(annotations.get(SHORT).asText()));
      }
    }
    return JSON.writeValueAsBytes(tree);
  }

  /** As the kubelet completes a name: one without a registry is Docker's. */
  static String full(String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    if (hasRegistry) {
      return name;
    }
    return (slash < 0 ? "docker.io/library/" : "docker.io/") + name;
  }
}
