package io.liangjiang.identity.place;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small files in MaxMind's format 2.0: a search tree of bits, data, and what it is. */
public final class PlacesFile {
  private static final int EMPTY = -1;
  private static final int FIRST_DATA = -2; // and downwards
  private static final int SEPARATOR = 16;
  private static final int UTF8 = 2;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int ARRAY = 11;

  private final List<int[]> nodes = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  public PlacesFile() {
    nodes.add(new int[] {EMPTY, EMPTY});
  }

  /** Some places of addresses that are for documentation (RFC 5737, RFC 3849). */
  public static Path ofTheWorld() {
    try {
      Path file = Files.createTempFile("places", ".mmdb");
      file.toFile().deleteOnExit();
      new PlacesFile()
          .put("192.0.2.0", 24, place("CN", "重庆", "Chongqing", "重庆", "Chongqing"))
          .put("198.51.100.0", 24, place("CN", "四川省", "Sichuan", "成都", "Chengdu"))
          .put("203.0.113.0", 25, place("DE", "", "Land Berlin", "", "Berlin"))
          .put("2001:db8::", 32, Map.of("country", Map.of("iso_code", "FR")))
          .write(file);
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> place(
      String country, String region, String regionEn, String city, String cityEn) {
    return Map.of(
        "country",
        Map.of("iso_code", country),
        "subdivisions",
        List.of(Map.of("names", names(region, regionEn))),
        "city",
        Map.of("names", names(city, cityEn)),
        "postal",
        Map.of("code", "not to be shown"));
  }

  private static Map<String, Object> names(String chinese, String english) {
    return chinese.isEmpty() ? Map.of("en", english) : Map.of("zh-CN", chinese, "en", english);
  }

  PlacesFile put(String address, int prefix, Map<String, Object> place) throws IOException {
    byte[] bits = InetAddress.ofLiteral(address).getAddress();
    boolean old = bits.length == 4;
    byte[] key = old ? ByteBuffer.allocate(16).position(12).put(bits).array() : bits;
    int length = old ? prefix + 96 : prefix;
    int node = 0;
    for (int i = 0; i < length - 1; i++) {
      node = child(node, bit(key, i));
    }
    nodes.get(node)[bit(key, length - 1)] = FIRST_DATA - data.size();
    encode(data, place);
    return this;
  }

  private int child(int node, int bit) {
    int next = nodes.get(node)[bit];
    if (next == EMPTY) {
      next = nodes.size();
      nodes.get(node)[bit] = next;
      nodes.add(new int[] {EMPTY, EMPTY});
    }
    return next;
  }

  private static int bit(byte[] key, int position) {
    return key[position / 8] >> (7 - position % 8) & 1;
  }

  void write(Path file) throws IOException {
    var out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      record(out, node[0]);
      record(out, node[1]);
    }
    out.write(new byte[SEPARATOR]);
    data.writeTo(out);
    out.write(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    out.write("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    encode(
        out,
        Map.of(
            "binary_format_major_version", 2,
            "binary_format_minor_version", 0,
            "build_epoch", 1_770_000_000,
            "database_type", "Test-City",
            "description", Map.of("en", "a few places"),
            "ip_version", 6,
            "languages", List.of("en", "zh-CN"),
            "node_count", nodes.size(),
            "record_size", 24));
    Files.write(file, out.toByteArray());
  }

  private void record(ByteArrayOutputStream out, int child) {
    int value = child;
    if (child == EMPTY) {
      value = nodes.size();
    } else if (child <= FIRST_DATA) {
      value = nodes.size() + SEPARATOR + (FIRST_DATA - child);
    }
    out.write(value >> 16);
    out.write(value >> 8);
    out.write(value);
  }

  private static void encode(ByteArrayOutputStream out, Object value) throws IOException {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control(out, UTF8, bytes.length);
        out.write(bytes);
      }
      case Integer number -> {
        control(out, UINT32, Integer.BYTES);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      }
      case List<?> items -> {
        control(out, ARRAY, items.size());
        for (Object item : items) {
          encode(out, item);
        }
      }
      case Map<?, ?> members -> {
        control(out, MAP, members.size());
        for (var member : members.entrySet()) {
          encode(out, member.getKey());
          encode(out, member.getValue());
        }
      }
      default -> throw new IllegalArgumentException("no form for " + value);
    }
  }

  private static void control(ByteArrayOutputStream out, int type, int size) {
    int first = Math.min(size, 29);
    if (type <= MAP) {
      out.write(type << 5 | first);
    } else {
      out.write(first);
      out.write(type - MAP);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }
}
