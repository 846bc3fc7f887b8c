package io.liangjiang.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What installed objects mean, whoever wrote them: ports, probes, environment, security, names,
 * callers, rights and keys, one line each. Left out is what may differ: labels, the order of lists,
 * replicas, resources, where pods are put, where images are fetched from, how patient a start is.
 */
final class Facts {
  private static final Set<String> FREE =
      Set.of("topologySpreadConstraints", "resources", "imagePullPolicy");
  private static final Set<String> UNSAID =
      Set.of("scheme=HTTP", "successThreshold=1", "initialDelaySeconds=0", "readOnly=false");
  private static final Set<String> OF_DEPLOYMENTS =
      Set.of("strategy", "revisionHistoryLimit", "progressDeadlineSeconds");
  private static final String SEPARATOR = " / ";

  private final Objects objects;
  private final SortedMap<String, String> all = new TreeMap<>();

  private Facts(Objects objects) {
    this.objects = objects;
  }

  static SortedMap<String, String> of(Objects objects) {
    Facts facts = new Facts(objects);
    objects.pods().forEach(facts::addPod);
    objects.of("Service").forEach(facts::addService);
    objects.of("ConfigMap").forEach(facts::addConfigMap);
    objects.of("NetworkPolicy").forEach(facts::addPolicy);
    objects.of("Role").forEach(role -> facts.flatten(role.key(), role.list("rules")));
    objects
        .of("ServiceAccount")
        .forEach(one -> facts.put(one.key(), one.text("automountServiceAccountToken")));
    return facts.all;
  }

  /** What two installations say differently; empty when they agree. */
  static List<String> differences(SortedMap<String, String> one, SortedMap<String, String> other) {
    List<String> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    for (String key : keys) {
      if (!java.util.Objects.equals(one.get(key), other.get(key))) {
        differences.add(key + ": " + one.get(key) + ", there " + other.get(key));
      }
    }
    return differences;
  }

  private void addPod(Manifest pod) {
    String key = "pod " + pod.name();
    Map<String, Object> spec = Trees.asMap(Trees.copy(pod.podSpec()));
    spec.remove("activeDeadlineSeconds");
    pod.containers().forEach(container -> addStartup(key, container));
    flatten(key, readable(spec, Map.of()));
    if (pod.kind().equals("Deployment")) {
      OF_DEPLOYMENTS.forEach(
          field -> flatten(key + SEPARATOR + field, Trees.find(pod.content(), "spec." + field)));
    }
  }

  /** How often a start is asked after may differ, but not whether and where. */
  private void addStartup(String key, Map<String, Object> container) {
    if (Trees.number(container, "startupProbe.failureThreshold") < 1) {
      put(key + SEPARATOR + "start-up", "is not waited for");
    }
  }

  /**
   * A copy in which lists of named things are maps, ports are numbers, and defaults are not said.
   */
  private static @Nullable Object readable(@Nullable Object tree, Map<String, Object> ports) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> ownPorts = map.containsKey("ports") ? portNames(map) : ports;
      Map<String, Object> copy = new TreeMap<>();
      Trees.asMap(map)
          .forEach(
              (field, value) -> {
                if (!FREE.contains(field) && !UNSAID.contains(field + "=" + value)) {
                  copy.put(field, readable(value, ownPorts));
                }
              });
      copy.computeIfPresent("port", (field, port) -> ports.getOrDefault(port, port));
      if (copy.get("startupProbe") instanceof Map<?, ?> probe) {
        Trees.asMap(probe).remove("failureThreshold");
      }
      return copy;
    }
    if (tree instanceof List<?> list) {
      return list.stream().allMatch(item -> !named(item).isEmpty())
          ? list.stream().collect(Collectors.toMap(Facts::named, item -> readable(item, ports)))
          : list.stream().map(item -> readable(item, ports)).toList();
    }
    return tree;
  }

  private static Map<String, Object> portNames(Map<?, ?> container) {
    return Trees.list(container, "ports").stream()
        .collect(
            Collectors.toMap(
                port -> Trees.text(port, "name"), port -> Trees.number(port, "containerPort")));
  }

  /** What tells an item from the others of its list; empty when nothing does. */
  private static String named(Object item) {
    String mount = Trees.text(item, "mountPath");
    String key = item instanceof Map<?, ?> map && map.containsKey("path") ? "key" : "name";
    return mount.isEmpty() ? Trees.text(item, key) : mount;
  }

  private void addService(Manifest service) {
    String key = service.key();
    Map<String, Object> selector = service.map("spec.selector");
    boolean headless = service.text("spec.clusterIP").equals("None");
    put(key + SEPARATOR + "headless", Boolean.toString(headless));
    put(key + SEPARATOR + "leads to", chosen(selector).toString());
    Map<String, Object> names = new TreeMap<>();
    objects
        .selected(selector)
        .flatMap(pod -> pod.containers().stream())
        .forEach(container -> names.putAll(portNames(container)));
    for (Object port : service.list("spec.ports")) {
      Object number = Trees.find(port, "port");
      Object target = Trees.find(port, "targetPort");
      Object reached = target == null ? number : names.getOrDefault(target.toString(), target);
      put(key + SEPARATOR + Trees.text(port, "name"), number + " to " + reached);
    }
  }

  private void addConfigMap(Manifest map) {
    map.map("data")
        .forEach(
            (key, value) -> {
              if (key.endsWith(".json")) {
                addPlan(map.key() + SEPARATOR + key, (String) value);
              } else {
                put(map.key() + SEPARATOR + key, ((String) value).strip());
              }
            });
  }

  private void addPlan(String key, String json) {
    Object plan = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
    Trees.list(plan, "secrets").forEach(secret -> Trees.asMap(secret).remove("labels"));
    flatten(key, readable(plan, Map.of()));
  }

  private void addPolicy(Manifest policy) {
    Set<String> pods = chosen(policy.map("spec.podSelector.matchLabels"));
    if (policy.list("spec.ingress").isEmpty() && policy.list("spec.egress").isEmpty()) {
      put(policy.key() + " opens nothing to", pods.toString());
    }
    for (String pod : pods) {
      policy
          .list("spec.policyTypes")
          .forEach(type -> put(pod + " is closed for " + type, "by a policy"));
      policy.list("spec.ingress").forEach(rule -> addRule(pod, "from", rule));
      policy.list("spec.egress").forEach(rule -> addRule(pod, "to", rule));
    }
  }

  private void addRule(String pod, String direction, Object rule) {
    List<Object> peers = Trees.list(rule, direction);
    Set<String> others = new TreeSet<>();
    peers.forEach(peer -> others.addAll(peer(peer)));
    if (peers.isEmpty()) {
      others.add("anywhere");
    }
    for (Object port : Trees.list(rule, "ports")) {
      String number = Trees.text(port, "port") + "/" + Trees.text(port, "protocol");
      others.forEach(other -> put(pod + " " + direction + " " + other + " " + number, "allowed"));
    }
  }

  private Set<String> peer(Object peer) {
    return Trees.asMap(peer).keySet().equals(Set.of("podSelector"))
        ? chosen(Trees.map(peer, "podSelector.matchLabels"))
        : Set.of(new TreeMap<>(Trees.asMap(peer)).toString());
  }

  /** Names of what a selector chooses; one that chooses nothing says so itself. */
  private Set<String> chosen(Map<String, Object> labels) {
    Set<String> names =
        objects.selected(labels).map(Manifest::name).collect(Collectors.toCollection(TreeSet::new));
    return names.isEmpty() ? Set.of("nobody with " + new TreeMap<>(labels)) : names;
  }

  private void flatten(String key, @Nullable Object tree) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      Trees.asMap(map).forEach((field, value) -> flatten(key + SEPARATOR + field, value));
    } else if (tree instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(key + SEPARATOR + i, list.get(i));
      }
    } else {
      put(key, String.valueOf(tree));
    }
  }

  private void put(String key, String value) {
    all.merge(key, value, (one, other) -> one.equals(other) ? one : one + " and " + other);
  }
}
