package io.liangjiang.platform.test.examples;

import static com.fasterxml.jackson.core.util.Separators.Spacing.AFTER;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls in the order in which they make sense, as {@code examples/<domain>/<topic>.json} of the
 * contracts has them.
 *
 * @param name domain and topic, for example "payments/ledger"
 * @param json the whole file
 * @param exchanges the calls
 */
public record Conversation(String name, ObjectNode json, List<Exchange> exchanges) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("shared-proto/src/main/resources/examples");

  /** Reads a conversation from the class path. Errors: IllegalArgumentException for none. */
  public static Conversation load(String name) {
    try (InputStream in = Conversation.class.getResourceAsStream("/examples/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there are no examples of that name: " + name);
      }
      ObjectNode json = (ObjectNode) JSON.readTree(in);
      List<Exchange> exchanges = new ArrayList<>();
      json.path("exchanges").forEach(each -> exchanges.add(new Exchange((ObjectNode) each)));
      return new Conversation(name, json, List.copyOf(exchanges));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all conversations, from the sources of the contracts. */
  public static List<String> names() {
    Path root = sources();
    try (var files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of a domain, and of the platform, whose services every domain serves. */
  static List<Conversation> ofDomain(String domain) {
    return names().stream()
        .filter(name -> name.startsWith(domain + "/") || name.startsWith("platform/"))
        .map(Conversation::load)
        .toList();
  }

  /** The moment at which the conversation is told; times of requests are seen from there. */
  public Instant time() {
    return Instant.parse(json.path("time").asText());
  }

  /** Writes the conversation as it is now where its file is kept. */
  void save() {
    var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(AFTER);
    var printer = new DefaultPrettyPrinter(separators);
    var indenter = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      Path file = sources().resolve(name + ".json");
      Files.writeString(file, JSON.writer(printer).writeValueAsString((JsonNode) json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tests run in their module's folder, somewhere below the root. */
  private static Path sources() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(SOURCES))) {
        return at.resolve(SOURCES);
      }
    }
    throw new IllegalStateException("there is no " + SOURCES + " above this folder");
  }
}
