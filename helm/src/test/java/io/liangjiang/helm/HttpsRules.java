package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * HTTP between components, where they have certificates. The simulated world is spoken to in the
 * clear: it signs what it says.
 */
final class HttpsRules {
  private static final String ANSWERS = "data.LIANGJIANG_TLS_HTTP";
  private static final String KEYS = "data.LIANGJIANG_TOKENS_JWKS_URL";

  /** Addresses that are told to the world. */
  private static final Set<String> WORLD =
      Set.of("LIANGJIANG_IDENTITY_GUESTS_ISSUER", "LIANGJIANG_CHANNEL_SANDBOX_PAY_NOTIFY_URL");

  private HttpsRules() {}

  static Stream<Rule> all() {
    return Stream.concat(calling().stream(), answering().stream());
  }

  private static List<Rule> calling() {
    return List.of(
        each(
            "who has a certificate calls no component in the clear",
            HttpsRules::secured,
            (objects, map) ->
                map.map("data").entrySet().stream()
                    .filter(setting -> !WORLD.contains(setting.getKey()))
                    .map(setting -> String.valueOf(setting.getValue()))
                    .filter(value -> !value.startsWith("http://liangjiang-sandbox:"))
                    .noneMatch(value -> value.startsWith("http://")),
            objects ->
                objects
                    .find("ConfigMap", "liangjiang-gateway")
                    .filter(map -> map.has("data." + TlsRules.SETTING))
                    .orElseThrow()
                    .with(KEYS, "http://liangjiang-identity:9001/.well-known/jwks.json")),
        each(
            "who is called by HTTPS answers to certificates alone",
            HttpsRules::secured,
            (objects, map) ->
                hosts(map)
                    .map(host -> host.equals("localhost") ? map.name() : host)
                    .allMatch(host -> objects.named("ConfigMap", host).has(ANSWERS)),
            objects ->
                secured(objects)
                    .filter(map -> map.has(ANSWERS))
                    .findFirst()
                    .orElseThrow()
                    .without(ANSWERS)),
        each(
            "who is called by HTTPS has a certificate of that name, and nobody else has",
            HttpsRules::secured,
            (objects, map) ->
                isMadeByHand(objects)
                    || hosts(map)
                        .filter(host -> !host.equals("localhost"))
                        .allMatch(host -> owners(objects, host).equals(List.of(host + "-tls"))),
            objects ->
                objects
                    .find("Certificate", "liangjiang-tourism-tls")
                    .orElseThrow()
                    .list("spec.dnsNames")
                    .add("liangjiang-identity")));
  }

  private static List<Rule> answering() {
    return List.of(
        each(
            "who answers HTTP to certificates alone is called only by who has one",
            objects -> objects.of("ConfigMap").filter(map -> map.has(ANSWERS)),
            (objects, map) ->
                callers(objects, map)
                    .allMatch(
                        caller ->
                            objects
                                .find("ConfigMap", "liangjiang-" + caller)
                                .filter(found -> found.has("data." + TlsRules.SETTING))
                                .isPresent()),
            objects -> objects.named("ConfigMap", "liangjiang-gateway").with(ANSWERS, "true")),
        each(
            "Services say whether their HTTP is encrypted",
            objects -> objects.of("Service").filter(s -> isHttp(s.list("spec.ports"))),
            (objects, service) ->
                service
                    .text("spec.ports[0].appProtocol")
                    .equals(
                        objects.named("ConfigMap", service.name()).has(ANSWERS) ? "https" : "http"),
            objects ->
                objects
                    .named("Service", "liangjiang-transit")
                    .with("spec.ports[0].appProtocol", "https")));
  }

  private static Stream<Manifest> secured(Objects objects) {
    return objects.of("ConfigMap").filter(map -> map.has("data." + TlsRules.SETTING));
  }

  /** Whom the settings call by HTTPS within the city. */
  private static Stream<String> hosts(Manifest map) {
    return map.map("data").values().stream()
        .map(String::valueOf)
        .filter(value -> value.matches("https://(liangjiang-[a-z]+|localhost):.*"))
        .map(value -> URI.create(value).getHost());
  }

  private static boolean isHttp(List<Object> ports) {
    return ports.stream().limit(1).anyMatch(port -> Trees.text(port, "name").equals("http"));
  }

  /** Who may reach the HTTP port; empty for peers that are no component, and for anybody. */
  private static Stream<String> callers(Objects objects, Manifest map) {
    String port = map.text("data.QUARKUS_HTTP_PORT");
    return objects.named("NetworkPolicy", map.name()).list("spec.ingress").stream()
        .filter(rule -> Trees.text(rule, "ports[0].port").equals(port))
        .flatMap(
            rule -> {
              List<Object> peers = Trees.list(rule, "from");
              return peers.isEmpty() ? Stream.of(new Object()) : peers.stream();
            })
        .map(peer -> Trees.text(peer, "podSelector.matchLabels.\"app.kubernetes.io/component\""));
  }

  private static boolean isMadeByHand(Objects objects) {
    return objects.find("ConfigMap", "liangjiang-keys").isEmpty()
        && objects.of("Certificate").findAny().isEmpty();
  }

  /** Secrets whose certificates name the host. */
  private static List<String> owners(Objects objects, String host) {
    Stream<String> planned =
        objects
            .of("ConfigMap")
            .filter(map -> map.name().equals("liangjiang-keys"))
            .flatMap(map -> Trees.list(TlsRules.plan(map), "certificates.owners").stream())
            .filter(owner -> Trees.list(owner, "names").contains(host))
            .map(owner -> Trees.text(owner, "secret"));
    Stream<String> managed =
        objects
            .of("Certificate")
            .filter(certificate -> certificate.list("spec.dnsNames").contains(host))
            .map(certificate -> certificate.text("spec.secretName"));
    return Stream.concat(planned, managed).toList();
  }
}
