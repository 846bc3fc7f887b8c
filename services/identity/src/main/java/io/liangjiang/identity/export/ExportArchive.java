package io.liangjiang.identity.export;

import io.liangjiang.identity.crypto.Digests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip with one JSON file a service and kind, and a manifest with their hashes. */
final class ExportArchive {
  private static final String MANIFEST = "manifest.json";

  private ExportArchive() {}

  /** The archive; the same parts make the same bytes. */
  static byte[] zip(Gathering export, List<Gathering.Part> parts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      var manifest = new JsonArray();
      for (var file : files(parts).entrySet()) {
        byte[] content = file.getValue().encodePrettily().getBytes(StandardCharsets.UTF_8);
        write(zip, export, file.getKey(), content);
        manifest.add(
            new JsonObject()
                .put("file", file.getKey())
                .put("records", file.getValue().size())
                .put("sha256", HexFormat.of().formatHex(Digests.sha256(content))));
      }
      write(zip, export, MANIFEST, manifest(export, manifest));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory are always taken", e);
    }
    return bytes.toByteArray();
  }

  private static SortedMap<String, JsonArray> files(List<Gathering.Part> parts) {
    var files = new TreeMap<String, JsonArray>();
    for (var part : parts) {
      new JsonArray(part.items())
          .forEach(
              each -> {
                var item = (JsonObject) each;
                String name = part.service() + "/" + item.getString("kind") + ".json";
                files.computeIfAbsent(name, key -> new JsonArray()).add(item.getValue("data"));
              });
    }
    return files;
  }

  private static byte[] manifest(Gathering export, JsonArray files) {
    return new JsonObject()
        .put("exportId", export.id().toString())
        .put("citizenId", export.citizenId().toString())
        .put("createTime", export.createTime().toString())
        .put("files", files)
        .encodePrettily()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ZipOutputStream zip, Gathering export, String name, byte[] content)
      throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(export.createTime().toEpochMilli());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
