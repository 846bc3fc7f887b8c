package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.each;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** Mutual TLS between the services. */
final class TlsRules {
  static final String SETTING = "LIANGJIANG_TLS_CERTIFICATE_FILE";

  private TlsRules() {}

  static Stream<Rule> all() {
    return Stream.of(
        each(
            "who calls or is called by gRPC has a certificate",
            Objects::deployments,
            (objects, pod) ->
                pod.component().equals("sandbox")
                    || isInTheClear(objects)
                    || RunningRules.config(objects, pod, SETTING)
                        .equals("/etc/liangjiang/tls/tls.crt"),
            objects -> objects.named("ConfigMap", "liangjiang-transit").without("data." + SETTING)),
        each(
            "certificates are mounted where the settings say, each process its own",
            objects -> objects.deployments().filter(pod -> isSecured(objects, pod)),
            (objects, pod) ->
                secret(pod).equals(pod.name() + "-tls")
                    && pod.containers().stream()
                        .flatMap(container -> Trees.list(container, "volumeMounts").stream())
                        .anyMatch(m -> Trees.text(m, "mountPath").equals("/etc/liangjiang/tls")),
            objects ->
                Trees.put(
                    tls(objects.named("Deployment", "liangjiang-gateway")),
                    "secret.secretName",
                    "liangjiang-identity-tls")),
        each(
            "certificates name the hosts that callers know",
            objects -> objects.of("ConfigMap").filter(map -> map.has("data." + SETTING)),
            (objects, map) ->
                map.map("data").entrySet().stream()
                    .filter(entry -> entry.getKey().matches("QUARKUS_GRPC_CLIENTS_[A-Z]+_HOST"))
                    .allMatch(entry -> isNamed(objects, String.valueOf(entry.getValue()))),
            objects ->
                objects
                    .named("ConfigMap", "liangjiang-gateway")
                    .with("data.QUARKUS_GRPC_CLIENTS_TRANSIT_HOST", "liangjiang-transit")),
        each(
            "certificates are renewed before they end",
            objects -> objects.of("ConfigMap").filter(map -> map.name().equals("liangjiang-keys")),
            (objects, map) ->
                Trees.list(plan(map), "certificates.owners").isEmpty()
                    || objects
                        .find("CronJob", "liangjiang-renewal")
                        .filter(job -> job.text("spec.concurrencyPolicy").equals("Forbid"))
                        .isPresent(),
            objects ->
                objects.named("CronJob", "liangjiang-renewal").with("spec.concurrencyPolicy", "")),
        each(
            "who renews certificates can reach no other Secret",
            objects -> objects.of("Role").filter(role -> role.name().equals("liangjiang-renewal")),
            (objects, role) ->
                role.list("rules[1].resourceNames").stream()
                    .allMatch(name -> String.valueOf(name).matches(".+-(tls|authority)")),
            objects ->
                objects
                    .named("Role", "liangjiang-renewal")
                    .with("rules[1].resourceNames", List.of("liangjiang-identity-keys"))),
        each(
            "cert-manager gives keys that the services read",
            objects -> objects.of("Certificate"),
            (objects, certificate) ->
                certificate.text("spec.privateKey.encoding").equals("PKCS8")
                    && objects.find("Issuer", certificate.text("spec.issuerRef.name")).isPresent(),
            objects -> objects.first("Certificate").with("spec.privateKey.encoding", "PKCS1")));
  }

  /** Keys of the Secrets that cert-manager makes. */
  static Stream<String> ofCertManager(Objects objects) {
    return objects
        .of("Certificate")
        .map(certificate -> certificate.text("spec.secretName"))
        .flatMap(secret -> Stream.of(secret + "/tls.crt", secret + "/tls.key"));
  }

  private static boolean isInTheClear(Objects objects) {
    return objects.deployments().noneMatch(pod -> isSecured(objects, pod));
  }

  private static boolean isSecured(Objects objects, Manifest pod) {
    return !RunningRules.config(objects, pod, SETTING).isEmpty();
  }

  private static Object tls(Manifest pod) {
    return Trees.list(pod.podSpec(), "volumes").stream()
        .filter(volume -> Trees.text(volume, "name").equals("tls"))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("tls"));
  }

  private static String secret(Manifest pod) {
    return Trees.text(tls(pod), "secret.secretName");
  }

  /** What the Job for keys is to make. */
  static Object plan(Manifest map) {
    return new Yaml().load(map.text("data.\"plan.json\""));
  }

  private static boolean isNamed(Objects objects, String host) {
    Stream<Object> planned =
        objects
            .of("ConfigMap")
            .filter(map -> map.name().equals("liangjiang-keys"))
            .flatMap(
                map ->
                    Trees.list(plan(map), "certificates.owners").stream()
                        .flatMap(owner -> Trees.list(owner, "names").stream()));
    Stream<Object> managed =
        objects
            .of("Certificate")
            .flatMap(certificate -> certificate.list("spec.dnsNames").stream());
    boolean isMadeByHand =
        objects.find("ConfigMap", "liangjiang-keys").isEmpty()
            && objects.of("Certificate").findAny().isEmpty();
    return isMadeByHand || Stream.concat(planned, managed).anyMatch(host::equals);
  }
}
