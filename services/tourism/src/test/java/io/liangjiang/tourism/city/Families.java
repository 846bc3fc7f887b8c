package io.liangjiang.tourism.city;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whose dependants there are. */
@ApplicationScoped
public class Families {
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** Registers a dependant; answers with its id. */
  public UUID add(UUID citizenId, String name) {
    UUID dependantId = UUID.randomUUID();
    names.put(citizenId + "/" + dependantId, name);
    return dependantId;
  }

  @Nullable String find(String citizenId, String dependantId) {
    return names.get(citizenId + "/" + dependantId);
  }
}
