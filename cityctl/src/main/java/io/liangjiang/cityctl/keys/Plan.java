package io.liangjiang.cityctl.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which Secrets there must be.
 *
 * @param secrets in the order of the file
 */
record Plan(List<Wanted> secrets) {
  private static final int MAX_SECRETS = 200;
  private static final int MAX_ENTRIES = 200;

  /**
   * One Secret.
   *
   * @param labels of the Secret when it is made
   * @param entries how each is made, by key
   */
  record Wanted(String name, Map<String, String> labels, Map<String, Entry> entries) {}

  /**
   * How an entry is made.
   *
   * @param make the way
   * @param length of letters, digits and bytes
   * @param text itself, a prefix of digits, or the name in a certificate
   * @param of key of the same Secret, or {@code secret/key}, that it is derived from
   */
  record Entry(Way make, int length, String text, String of) {}

  /** Reads the plan's JSON. Errors: BadPlan. */
  static Plan read(String json) {
    try {
      JsonNode secrets = new ObjectMapper().readTree(json).path("secrets");
      if (!secrets.isArray() || secrets.size() > MAX_SECRETS) {
        throw new BadPlan("secrets must be a list of at most " + MAX_SECRETS);
      }
      List<Wanted> wanted = new ArrayList<>();
      secrets.forEach(secret -> wanted.add(wanted(secret)));
      return new Plan(wanted);
    } catch (JsonProcessingException e) {
      throw new BadPlan("not JSON: " + e.getOriginalMessage());
    }
  }

  private static Wanted wanted(JsonNode secret) {
    String name = secret.path("name").asText();
    if (name.isEmpty() || secret.path("entries").size() > MAX_ENTRIES) {
      throw new BadPlan("every secret has a name and at most " + MAX_ENTRIES + " entries");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (var label : secret.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (var entry : secret.path("entries").properties()) {
      entries.put(entry.getKey(), entry(name + "/" + entry.getKey(), entry.getValue()));
    }
    return new Wanted(name, labels, entries);
  }

  private static Entry entry(String path, JsonNode entry) {
    return new Entry(
        Way.named(path, entry.path("make").asText()),
        entry.path("length").asInt(),
        entry.path("text").asText(),
        entry.path("of").asText());
  }
}
