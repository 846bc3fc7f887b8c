package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may talk to whom, and how callers find each other. */
final class NetworkRules {
  private static final String COMPONENT = "\"app.kubernetes.io/component\"";

  private NetworkRules() {}

  static Stream<Rule> all() {
    return Stream.of(policies(), peering(), calls(), openings(), services(), addressing())
        .flatMap(List::stream);
  }

  private static List<Rule> policies() {
    return List.of(
        new Rule(
            "what no policy allows is refused",
            objects ->
                objects
                        .of("NetworkPolicy")
                        .anyMatch(
                            policy ->
                                !policy.has("spec.ingress")
                                    && !policy.has("spec.egress")
                                    && policy.list("spec.policyTypes").size() == 2
                                    && objects.pods().allMatch(pod -> isAbout(policy, pod)))
                    ? Stream.empty()
                    : Stream.of("there is no default"),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-default-deny")
                    .with("spec.policyTypes", List.of("Ingress"))),
        each(
            "every pod has a policy of its own",
            Objects::pods,
            (objects, pod) -> objects.find("NetworkPolicy", pod.name()).isPresent(),
            objects -> objects.all().remove(objects.named("NetworkPolicy", "liangjiang-transit"))),
        each(
            "every policy of a component is about it",
            objects ->
                objects
                    .of("NetworkPolicy")
                    .filter(policy -> objects.pods().anyMatch(p -> p.name().equals(policy.name()))),
            (objects, policy) ->
                objects
                    .selected(policy.map("spec.podSelector.matchLabels"))
                    .map(Manifest::name)
                    .toList()
                    .equals(List.of(policy.name())),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .with("spec.podSelector.matchLabels." + COMPONENT, "gateway")));
  }

  private static List<Rule> peering() {
    return List.of(
        each(
            "policies hold both ways",
            objects -> objects.of("NetworkPolicy").filter(policy -> !isOfCloudNativePg(policy)),
            (objects, policy) -> policy.list("spec.policyTypes").size() == 2,
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .with("spec.policyTypes", List.of("Ingress"))),
        each(
            "every peer that is a component is there",
            objects -> objects.of("NetworkPolicy"),
            (objects, policy) ->
                Stream.concat(peers(policy, "ingress", "from"), peers(policy, "egress", "to"))
                    .filter(name -> !name.isEmpty() && !name.equals("test"))
                    .allMatch(name -> objects.pods().anyMatch(pod -> pod.component().equals(name))),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .with(
                        "spec.ingress[0].from[0].podSelector.matchLabels." + COMPONENT, "gatway")),
        each(
            "policies speak of ports, never of all",
            objects -> objects.of("NetworkPolicy"),
            (objects, policy) ->
                Stream.concat(
                        policy.list("spec.ingress").stream(), policy.list("spec.egress").stream())
                    .allMatch(rule -> !Trees.list(rule, "ports").isEmpty()),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .without("spec.egress[1].ports")));
  }

  private static boolean isOfCloudNativePg(Manifest policy) {
    return policy.has("spec.podSelector.matchLabels.\"cnpg.io/cluster\"");
  }

  private static boolean isAbout(Manifest policy, Manifest pod) {
    return pod.podLabels()
        .entrySet()
        .containsAll(policy.map("spec.podSelector.matchLabels").entrySet());
  }

  private static Stream<String> peers(Manifest policy, String way, String side) {
    return policy.list("spec." + way).stream()
        .flatMap(rule -> Trees.list(rule, side).stream())
        .map(peer -> Trees.text(peer, "podSelector.matchLabels." + COMPONENT));
  }

  private static List<Rule> calls() {
    return List.of(
        each(
            "a component is called by those of the list and no other",
            Objects::deployments,
            (objects, pod) ->
                allowed(objects, pod, "ingress", "from").equals(callers(objects, pod)),
            objects ->
                Trees.list(
                        objects.named("NetworkPolicy", "liangjiang-identity").content(),
                        "spec.ingress[0].from")
                    .add(peer("sandbox"))),
        each(
            "nobody of the list is kept from whom he calls",
            Objects::deployments,
            (objects, pod) ->
                allowed(objects, pod, "ingress", "from").containsAll(callers(objects, pod)),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-identity")
                    .without("spec.ingress[0].from[0]")),
        each(
            "a component calls those of the list and no other",
            Objects::deployments,
            (objects, pod) -> allowed(objects, pod, "egress", "to").equals(callees(objects, pod)),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .list("spec.egress")
                    .add(
                        Map.of(
                            "to",
                            List.of(peer("healthcare")),
                            "ports",
                            List.of(Map.of("port", 9015))))),
        each(
            "only the gateway, and payments where channels call back, are open to the world",
            objects -> objects.of("NetworkPolicy"),
            (objects, policy) ->
                policy.name().equals("liangjiang-gateway")
                    || (policy.name().equals("liangjiang-payments")
                        && (objects.of("HTTPRoute").findAny().isPresent()
                            || objects.of("Ingress").findAny().isPresent()))
                    || policy.list("spec.ingress").stream()
                        .allMatch(rule -> !Trees.list(rule, "from").isEmpty()),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .without("spec.ingress[0].from")));
  }

  private static List<Rule> openings() {
    return List.of(
        each(
            "components may ask for names",
            Objects::deployments,
            (objects, pod) ->
                objects.named("NetworkPolicy", pod.name()).list("spec.egress").stream()
                    .anyMatch(rule -> Trees.number(rule, "ports[0].port") == 53),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-transit")
                    .with("spec.egress[0].ports[0].port", 54)),
        each(
            "who keeps data reaches the database, and nobody else does",
            Objects::deployments,
            (objects, pod) ->
                opensDatabase(objects.named("NetworkPolicy", pod.name()))
                    == Boolean.TRUE.equals(
                        Trees.find(Chart.city(), "components." + pod.component() + ".database")),
            objects ->
                objects
                    .named("NetworkPolicy", "liangjiang-gateway")
                    .list("spec.egress")
                    .add(Map.of("ports", List.of(Map.of("port", 5432))))),
        each(
            "the world beyond is not the cluster",
            objects -> objects.of("NetworkPolicy"),
            (objects, policy) ->
                policy.list("spec.egress").stream()
                    .filter(rule -> Trees.number(rule, "ports[0].port") == 443)
                    .filter(rule -> Trees.text(rule, "to[0].ipBlock.cidr").equals("0.0.0.0/0"))
                    .allMatch(
                        rule ->
                            Trees.list(rule, "to[0].ipBlock.except")
                                .containsAll(
                                    List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))),
            objects ->
                objects
                    .of("NetworkPolicy")
                    .flatMap(policy -> policy.list("spec.egress").stream())
                    .filter(rule -> Trees.find(rule, "to[0].ipBlock.except") != null)
                    .findFirst()
                    .ifPresent(rule -> Trees.remove(rule, "to[0].ipBlock.except"))));
  }

  /** Components and ports that the policy opens, as {@code name:port}. */
  private static Set<String> allowed(Objects objects, Manifest pod, String way, String side) {
    Set<String> allowed = new TreeSet<>();
    for (Object rule : objects.named("NetworkPolicy", pod.name()).list("spec." + way)) {
      for (Object peer : Trees.list(rule, side)) {
        String name = Trees.text(peer, "podSelector.matchLabels." + COMPONENT);
        if (!name.isEmpty() && !Set.of("test", "database").contains(name)) {
          allowed.add(name + ":" + Trees.number(rule, "ports[0].port"));
        }
      }
    }
    return allowed;
  }

  private record Call(String from, String to, long port) {}

  private static List<Call> listed(Objects objects) {
    Set<String> installed =
        objects.deployments().map(Manifest::component).collect(Collectors.toSet());
    List<Call> calls = new ArrayList<>();
    Map<String, Object> components = Trees.map(Chart.city(), "components");
    for (String from : installed) {
      for (Object call : Trees.list(components, from + ".calls")) {
        String to = Trees.text(call, "to");
        if (installed.contains(to) && !to.equals(from)) {
          long port = Trees.number(components, to + "." + Trees.text(call, "port"));
          calls.add(new Call(from, to, port));
        }
      }
    }
    return calls;
  }

  private static Set<String> callers(Objects objects, Manifest pod) {
    return listed(objects).stream()
        .filter(call -> call.to().equals(pod.component()))
        .map(call -> call.from() + ":" + call.port())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> callees(Objects objects, Manifest pod) {
    return listed(objects).stream()
        .filter(call -> call.from().equals(pod.component()))
        .map(call -> call.to() + ":" + call.port())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean opensDatabase(Manifest policy) {
    return policy.list("spec.egress").stream()
        .anyMatch(rule -> Trees.number(rule, "ports[0].port") == 5432);
  }

  private static List<Rule> services() {
    return List.of(
        each(
            "every Service has its pods",
            objects -> objects.of("Service"),
            (objects, service) -> objects.selected(service.map("spec.selector")).count() == 1,
            objects -> objects.first("Service").with("spec.selector." + COMPONENT, "nobody")),
        each(
            "Services send to ports that the pods name",
            objects -> objects.of("Service"),
            (objects, service) ->
                service.list("spec.ports").stream()
                    .allMatch(
                        port ->
                            objects
                                .selected(service.map("spec.selector"))
                                .flatMap(pod -> pod.containers().stream())
                                .flatMap(container -> Trees.list(container, "ports").stream())
                                .anyMatch(
                                    open ->
                                        Trees.text(open, "name")
                                                .equals(Trees.text(port, "targetPort"))
                                            && Trees.number(open, "containerPort")
                                                == Trees.number(port, "port"))),
            objects -> objects.first("Service").with("spec.ports[0].targetPort", "web")),
        each(
            "Services are inside the cluster only",
            objects -> objects.of("Service"),
            (objects, service) -> service.text("spec.type").equals("ClusterIP"),
            objects -> objects.first("Service").with("spec.type", "NodePort")),
        each(
            "gRPC is spread over pods, not pinned to one behind an address",
            objects ->
                objects
                    .of("Service")
                    .filter(s -> Trees.text(s.content(), "spec.ports[0].name").equals("grpc")),
            (objects, service) -> service.text("spec.clusterIP").equals("None"),
            objects ->
                objects.named("Service", "liangjiang-identity-grpc").without("spec.clusterIP")));
  }

  private static List<Rule> addressing() {
    return List.of(
        each(
            "gRPC clients find a headless Service and its port",
            objects -> objects.of("ConfigMap"),
            (objects, map) ->
                clients(map)
                    .allMatch(
                        client -> {
                          var service =
                              objects.find("Service", map.text("data." + client + "_HOST"));
                          return service.isPresent()
                              && service.get().text("spec.clusterIP").equals("None")
                              && service
                                  .get()
                                  .text("spec.ports[0].port")
                                  .equals(map.text("data." + client + "_PORT"));
                        }),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with("data.QUARKUS_GRPC_CLIENTS_IDENTITY_HOST", "liangjiang-identity")),
        each(
            "gRPC servers let their clients look again for new pods",
            objects -> objects.of("ConfigMap").filter(m -> m.has("data.QUARKUS_GRPC_SERVER_PORT")),
            (objects, map) -> map.text("data.LIANGJIANG_GRPC_MAX_CONNECTION_AGE").matches("\\d+s"),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-identity")
                    .without("data.LIANGJIANG_GRPC_MAX_CONNECTION_AGE")),
        each(
            "gRPC clients take turns",
            objects -> objects.of("ConfigMap"),
            (objects, map) ->
                clients(map)
                    .allMatch(
                        client ->
                            map.text("data." + client + "_LOAD_BALANCING_POLICY")
                                    .equals("round_robin")
                                && map.text("data." + client + "_NAME_RESOLVER").equals("dns")),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with(
                        "data.QUARKUS_GRPC_CLIENTS_IDENTITY_LOAD_BALANCING_POLICY", "pick_first")),
        each(
            "HTTP addresses name Services and their ports",
            objects -> objects.of("ConfigMap"),
            (objects, map) -> addresses(map).allMatch(url -> leadsSomewhere(objects, url)),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with("data.LIANGJIANG_TOKENS_JWKS_URL", "http://liangjiang-identity:9011/")));
  }

  private static Stream<String> clients(Manifest map) {
    return map.map("data").keySet().stream()
        .filter(key -> key.matches("QUARKUS_GRPC_CLIENTS_[A-Z]+_HOST"))
        .filter(key -> !isItself(map, key))
        .map(key -> key.replace("_HOST", ""));
  }

  /** Before a pod is ready its own Service does not lead to it. */
  private static boolean isItself(Manifest map, String key) {
    return key.contains("_" + map.component().toUpperCase(Locale.ROOT) + "_")
        && map.text("data." + key).equals("localhost");
  }

  private static Stream<String> addresses(Manifest map) {
    return map.map("data").values().stream()
        .map(String::valueOf)
        .filter(value -> value.matches("https?://liangjiang-.*"));
  }

  private static boolean leadsSomewhere(Objects objects, String url) {
    var uri = java.net.URI.create(url);
    return objects
        .find("Service", uri.getHost())
        .filter(
            service ->
                service.list("spec.ports").stream()
                    .anyMatch(port -> Trees.number(port, "port") == uri.getPort()))
        .isPresent();
  }

  private static Map<String, Object> peer(String component) {
    return Map.of(
        "podSelector", Map.of("matchLabels", Map.of("app.kubernetes.io/component", component)));
  }
}
