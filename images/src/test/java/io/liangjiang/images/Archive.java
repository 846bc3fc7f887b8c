package io.liangjiang.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an image's archive in OCI layout. */
final class Archive {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> files = new HashMap<>();

  Archive(Path tar) throws IOException {
    try (InputStream in = Files.newInputStream(tar);
        TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
      TarArchiveEntry entry = entries.getNextEntry();
      while (entry != null) {
        files.put(entry.getName(), entries.readAllBytes());
        entry = entries.getNextEntry();
      }
    }
  }

  JsonNode config() throws IOException {
    return JSON.readTree(blob(manifest().at("/config/digest").asText()));
  }

  /** The files of each layer, without folders. */
  List<Set<String>> layers() throws IOException {
    List<Set<String>> layers = new ArrayList<>();
    for (JsonNode layer : manifest().get("layers")) {
      layers.add(names(blob(layer.get("digest").asText())));
    }
    return layers;
  }

  JsonNode annotations() throws IOException {
    return JSON.readTree(files.get("index.json")).at("/manifests/0/annotations");
  }

  /** Every file and folder of all layers with its permissions. */
  List<String> entries() throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode layer : manifest().get("layers")) {
      try (TarArchiveInputStream entries =
          new TarArchiveInputStream(
              new GZIPInputStream(new ByteArrayInputStream(blob(layer.get("digest").asText()))))) {
        TarArchiveEntry entry = entries.getNextEntry();
        while (entry != null) {
          found.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777));
          entry = entries.getNextEntry();
        }
      }
    }
    return found;
  }

  private JsonNode manifest() throws IOException {
    JsonNode index = JSON.readTree(files.get("index.json"));
    return JSON.readTree(blob(index.at("/manifests/0/digest").asText()));
  }

  private byte[] blob(String digest) {
    return files.get("blobs/" + digest.replace(':', '/'));
  }

  private static Set<String> names(byte[] layer) throws IOException {
    Set<String> names = new TreeSet<>();
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
      TarArchiveEntry entry = entries.getNextEntry();
      while (entry != null) {
        if (!entry.isDirectory()) {
          names.add(entry.getName());
        }
        entry = entries.getNextEntry();
      }
    }
    return names;
  }
}
