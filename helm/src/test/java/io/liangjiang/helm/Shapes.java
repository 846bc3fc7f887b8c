package io.liangjiang.helm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which fields an object may have, must have, and of which type they are: for kinds of Kubernetes
 * its own types know it, for kinds that operators bring {@code shapes.yaml} lists the fields that
 * the chart uses.
 */
final class Shapes {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();
  private static final Map<String, Object> FOREIGN =
      Chart.yaml(Path.of("src/test/resources/shapes.yaml"));

  private Shapes() {}

  /** What is wrong with the object's form; empty when Kubernetes would take it. */
  static List<String> faults(Manifest manifest) {
    List<Object> fields = Trees.list(FOREIGN, manifest.kind());
    return fields.isEmpty() ? known(manifest) : foreign(manifest, fields);
  }

  private static List<String> known(Manifest manifest) {
    String version = manifest.kind().equals("HorizontalPodAutoscaler") ? "V2" : "V1";
    JsonElement json = GSON.toJsonTree(manifest.content());
    try {
      Class<?> type = Class.forName(MODELS + version + manifest.kind());
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      JsonElement understood = JSON.getGson().toJsonTree(JSON.deserialize(json.toString(), type));
      List<String> faults = new ArrayList<>();
      compare(manifest.key(), json, understood, faults);
      return faults;
    } catch (InvocationTargetException e) {
      return List.of(manifest.key() + ": " + e.getCause().getMessage());
    } catch (ReflectiveOperationException | RuntimeException e) {
      return List.of(manifest.key() + ": " + e);
    }
  }

  /** A text that is read as a number, or the other way round, is one that the API would refuse. */
  private static void compare(
      String path, JsonElement given, JsonElement understood, List<String> faults) {
    if (given.isJsonObject() && understood.isJsonObject()) {
      for (var entry : given.getAsJsonObject().entrySet()) {
        JsonElement other = understood.getAsJsonObject().get(entry.getKey());
        if (other != null) {
          compare(path + "." + entry.getKey(), entry.getValue(), other, faults);
        } else if (!entry.getValue().isJsonNull()) {
          faults.add(path + "." + entry.getKey() + " is not understood");
        }
      }
    } else if (given.isJsonArray() && understood.isJsonArray()) {
      for (int i = 0; i < given.getAsJsonArray().size(); i++) {
        compare(
            path + "[" + i + "]",
            given.getAsJsonArray().get(i),
            understood.getAsJsonArray().get(i),
            faults);
      }
    } else if (given.isJsonPrimitive() && understood.isJsonPrimitive()) {
      if (given.getAsJsonPrimitive().isString() != understood.getAsJsonPrimitive().isString()) {
        faults.add(path + " is of another type: " + given);
      }
    } else if (!given.isJsonNull()) {
      faults.add(path + " has another form: " + given);
    }
  }

  private static List<String> foreign(Manifest manifest, List<Object> fields) {
    Set<String> allowed = fields.stream().map(String::valueOf).collect(Collectors.toSet());
    Set<String> faults = new TreeSet<>();
    leaves("", manifest.content(), allowed, faults, manifest.key());
    return List.copyOf(faults);
  }

  private static void leaves(
      String path, Object value, Set<String> allowed, Set<String> faults, String key) {
    if (value instanceof Map<?, ?> map && !map.isEmpty() && !allowed.contains(path + ".*")) {
      Trees.asMap(map)
          .forEach((name, child) -> leaves(Trees.join(path, name), child, allowed, faults, key));
    } else if (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map) {
      list.forEach(item -> leaves(path + "[]", item, allowed, faults, key));
    } else if (!allowed.contains(path) && !allowed.contains(path + ".*")) {
      faults.add(key + ": unknown field " + path);
    }
  }
}
