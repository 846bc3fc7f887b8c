package io.liangjiang.cityctl.keys;

import io.liangjiang.cityctl.keys.Plan.Entry;
import io.liangjiang.cityctl.keys.Plan.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a plan. What is there stays, except what follows from another entry and no longer fits
 * it; running it twice is the same as once.
 */
final class KeyMaker {
  private static final int MAX_DEPTH = 4;

  private final SecretStore store;
  private final Randomness randomness = new Randomness();
  private final Map<String, Optional<Map<String, String>>> found = new HashMap<>();
  private final Map<String, String> resolved = new HashMap<>();

  KeyMaker(SecretStore store) {
    this.store = store;
  }

  /** Makes what is missing and says so, a line a Secret. Errors: BadPlan. */
  List<String> make(Plan plan) {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    plan.secrets().forEach(secret -> wanted.put(secret.name(), secret));
    // Everything is known before anything is written, so that a bad plan leaves nothing behind.
    Map<Wanted, Map<String, String>> missing = new LinkedHashMap<>();
    for (Wanted secret : wanted.values()) {
      missing.put(secret, missing(secret, wanted));
    }
    List<String> done = new ArrayList<>();
    missing.forEach((secret, entries) -> done.add(write(secret, entries)));
    return done;
  }

  private Map<String, String> missing(Wanted secret, Map<String, Wanted> wanted) {
    Map<String, String> before = entries(secret.name()).orElse(Map.of());
    Map<String, String> missing = new LinkedHashMap<>();
    for (String key : secret.entries().keySet()) {
      String value = value(secret.name() + "/" + key, wanted, 0);
      if (!value.equals(before.get(key))) {
        missing.put(key, value);
      }
    }
    return missing;
  }

  private String write(Wanted secret, Map<String, String> missing) {
    if (entries(secret.name()).isEmpty()) {
      store.create(secret.name(), secret.labels(), missing);
      return "made " + secret.name();
    }
    if (missing.isEmpty()) {
      return "kept " + secret.name();
    }
    store.complete(secret.name(), missing);
    return "completed " + secret.name() + " with " + String.join(", ", missing.keySet());
  }

  private Optional<Map<String, String>> entries(String secret) {
    return found.computeIfAbsent(secret, store::find);
  }

  /** The value of {@code secret/key}, kept or made. */
  private String value(String path, Map<String, Wanted> wanted, int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadPlan(path + " is derived from itself");
    }
    String known = resolved.get(path);
    if (known == null) {
      known = resolve(path, wanted, depth);
      resolved.put(path, known);
    }
    return known;
  }

  private String resolve(String path, Map<String, Wanted> wanted, int depth) {
    int slash = path.indexOf('/');
    String secret = path.substring(0, slash);
    String key = path.substring(slash + 1);
    Wanted plan = wanted.get(secret);
    Entry entry = plan == null ? null : plan.entries().get(key);
    String before = entries(secret).map(entries -> entries.get(key)).orElse(null);
    if (before != null && (entry == null || !entry.make().follows())) {
      return before;
    }
    if (entry == null) {
      throw new BadPlan(path + " is neither there nor planned");
    }
    return make(secret, entry, wanted, depth);
  }

  private String make(String secret, Entry entry, Map<String, Wanted> wanted, int depth) {
    if (entry.of().isEmpty()) {
      return randomness.make(entry);
    }
    String source = entry.of().contains("/") ? entry.of() : secret + "/" + entry.of();
    return Derivation.of(entry, value(source, wanted, depth + 1), randomness);
  }
}
