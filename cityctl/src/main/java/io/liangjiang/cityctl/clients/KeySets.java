package io.liangjiang.cityctl.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** JWK Sets (RFC 7517). */
final class KeySets {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeySets() {}

  /**
   * The keys of both; of two with one id the fresh one.
   *
   * @param registered may be empty
   */
  static String joined(String registered, ObjectNode fresh) {
    ObjectNode joined = fresh.deepCopy();
    ArrayNode keys = joined.withArray("keys");
    Set<String> ids = new HashSet<>();
    keys.forEach(key -> ids.add(id(key)));
    if (!registered.isEmpty()) {
      for (JsonNode key : parsed(registered).path("keys")) {
        if (ids.add(id(key))) {
          keys.add(key);
        }
      }
    }
    return joined.toString();
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the city sent no JSON", e);
    }
  }

  private static String id(JsonNode key) {
    return key.path("kid").asText("");
  }
}
