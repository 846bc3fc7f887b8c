package io.liangjiang.cityctl.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets in memory. */
final class MemoryStore implements SecretStore {
  final Map<String, Map<String, String>> secrets = new LinkedHashMap<>();

  @Override
  public Optional<Map<String, String>> find(String name) {
    return Optional.ofNullable(secrets.get(name)).map(Map::copyOf);
  }

  @Override
  public void create(String name, Map<String, String> labels, Map<String, String> entries) {
    if (secrets.putIfAbsent(name, new LinkedHashMap<>(entries)) != null) {
      throw new IllegalStateException(name + " is there");
    }
  }

  @Override
  public void complete(String name, Map<String, String> entries) {
    secrets.get(name).putAll(entries);
  }
}
