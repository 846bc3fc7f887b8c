package io.liangjiang.helm;

import java.util.List;
import java.util.Map;

/**
 * One object of Kubernetes as it was rendered.
 *
 * @param content its tree, which a test may break
 */
record Manifest(Map<String, Object> content) {
  private static final List<String> PODS = List.of("Deployment", "StatefulSet", "Job", "CronJob");

  String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata.name");
  }

  /** Kind and name, which nothing else in a namespace has. */
  String key() {
    return kind() + "/" + name();
  }

  String component() {
    return text("metadata.labels.\"app.kubernetes.io/component\"");
  }

  String text(String path) {
    return Trees.text(content, path);
  }

  long number(String path) {
    return Trees.number(content, path);
  }

  Map<String, Object> map(String path) {
    return Trees.map(content, path);
  }

  List<Object> list(String path) {
    return Trees.list(content, path);
  }

  boolean has(String path) {
    return Trees.find(content, path) != null;
  }

  Manifest with(String path, Object value) {
    Trees.put(content, path, value);
    return this;
  }

  Manifest without(String path) {
    Trees.remove(content, path);
    return this;
  }

  boolean isHook() {
    return has("metadata.annotations.\"helm.sh/hook\"");
  }

  boolean makesPods() {
    return kind().equals("Pod") || PODS.contains(kind());
  }

  /** Where its pod's metadata and spec are. */
  String podPath() {
    return switch (kind()) {
      case "Pod" -> "";
      case "CronJob" -> "spec.jobTemplate.spec.template.";
      default -> "spec.template.";
    };
  }

  Map<String, Object> podSpec() {
    return map(podPath() + "spec");
  }

  Map<String, Object> podLabels() {
    return map(podPath() + "metadata.labels");
  }

  List<Map<String, Object>> containers() {
    return Trees.list(podSpec(), "containers").stream().map(Trees::asMap).toList();
  }

  Manifest copy() {
    return new Manifest(Trees.asMap(Trees.copy(content)));
  }
}
