package io.liangjiang.helm;

import static io.liangjiang.helm.Rule.container;
import static io.liangjiang.helm.Rule.fromContainer;
import static io.liangjiang.helm.Rule.fromPod;
import static io.liangjiang.helm.Rule.inContainer;
import static io.liangjiang.helm.Rule.inPod;
import static io.liangjiang.helm.Rule.pod;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The restricted Pod Security Standard, and what we ask beyond it. */
final class PodRules {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap", "downwardAPI", "emptyDir", "persistentVolumeClaim", "projected", "secret");
  private static final int FIRST_ORDINARY_USER = 100;

  private PodRules() {}

  static Stream<Rule> all() {
    return Stream.of(security(), namespaces(), volumes(), containers()).flatMap(List::stream);
  }

  private static List<Rule> security() {
    return List.of(
        pod(
            "pods run as somebody who is not root",
            pod -> Boolean.TRUE.equals(Trees.find(pod.podSpec(), "securityContext.runAsNonRoot")),
            inPod("securityContext.runAsNonRoot", false)),
        pod(
            "pods have a numeric user",
            pod -> Trees.number(pod.podSpec(), "securityContext.runAsUser") >= FIRST_ORDINARY_USER,
            fromPod("securityContext.runAsUser")),
        pod(
            "pods have a numeric group that is not root's",
            pod -> Trees.number(pod.podSpec(), "securityContext.runAsGroup") >= FIRST_ORDINARY_USER,
            inPod("securityContext.runAsGroup", 0)),
        pod(
            "pods' files belong to their group",
            pod -> Trees.number(pod.podSpec(), "securityContext.fsGroup") >= FIRST_ORDINARY_USER,
            fromPod("securityContext.fsGroup")),
        pod(
            "pods use the runtime's seccomp profile",
            pod ->
                Trees.text(pod.podSpec(), "securityContext.seccompProfile.type")
                    .equals("RuntimeDefault"),
            inPod("securityContext.seccompProfile.type", "Unconfined")),
        pod(
            "pods set no kernel parameters",
            pod -> Trees.find(pod.podSpec(), "securityContext.sysctls") == null,
            inPod("securityContext.sysctls", List.of(Map.of("name", "a", "value", "b")))),
        pod(
            "pods get no variables for Services, which would be taken for settings",
            pod -> Boolean.FALSE.equals(Trees.find(pod.podSpec(), "enableServiceLinks")),
            fromPod("enableServiceLinks")));
  }

  private static List<Rule> namespaces() {
    return List.of(
        pod("pods have a network of their own", off("hostNetwork"), inPod("hostNetwork", true)),
        pod("pods see no processes of the node", off("hostPID"), inPod("hostPID", true)),
        pod("pods share no memory with the node", off("hostIPC"), inPod("hostIPC", true)),
        container(
            "containers take no port of the node",
            container ->
                Trees.list(container, "ports").stream()
                    .allMatch(port -> Trees.find(port, "hostPort") == null),
            inContainer("ports[0].hostPort", 80)));
  }

  private static java.util.function.Predicate<Manifest> off(String field) {
    return pod -> !Boolean.TRUE.equals(pod.podSpec().get(field));
  }

  private static List<Rule> volumes() {
    return List.of(
        pod(
            "volumes are of the kinds that restricted pods may have",
            pod ->
                Trees.list(pod.podSpec(), "volumes").stream()
                    .allMatch(volume -> VOLUMES.containsAll(kinds(volume))),
            inPod(
                "volumes[0]",
                new java.util.HashMap<>(Map.of("name", "tmp", "hostPath", Map.of("path", "/"))))),
        pod(
            "scratch space has a limit",
            pod ->
                Trees.list(pod.podSpec(), "volumes").stream()
                    .filter(volume -> Trees.find(volume, "emptyDir") != null)
                    .allMatch(volume -> Trees.find(volume, "emptyDir.sizeLimit") != null),
            fromPod("volumes[0].emptyDir.sizeLimit")),
        pod(
            "files of Secrets are read by their owner and group only",
            pod ->
                Trees.list(pod.podSpec(), "volumes").stream()
                    .filter(volume -> Trees.find(volume, "secret") != null)
                    .allMatch(volume -> Trees.number(volume, "secret.defaultMode") == 0440),
            pod ->
                Trees.list(pod.podSpec(), "volumes")
                    .add(
                        new java.util.HashMap<>(
                            Map.of("name", "open", "secret", Map.of("secretName", "keys"))))),
        pod(
            "every mount has its volume",
            pod -> names(pod, "volumes").containsAll(mounts(pod)),
            inContainer("volumeMounts[0].name", "temp")),
        pod(
            "every volume is mounted",
            pod -> mounts(pod).containsAll(names(pod, "volumes")),
            pod -> Trees.list(pod.podSpec(), "volumes").add(Map.of("name", "idle"))),
        container(
            "programs have a /tmp to write to",
            container ->
                Trees.list(container, "volumeMounts").stream()
                    .anyMatch(mount -> Trees.text(mount, "mountPath").equals("/tmp")),
            inContainer("volumeMounts[0].mountPath", "/temp")));
  }

  private static Set<String> kinds(Object volume) {
    return Trees.asMap(volume).keySet().stream()
        .filter(key -> !key.equals("name"))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Manifest pod, String list) {
    Set<String> names =
        Trees.list(pod.podSpec(), list).stream()
            .map(item -> Trees.text(item, "name"))
            .collect(Collectors.toSet());
    pod.list("spec.volumeClaimTemplates")
        .forEach(claim -> names.add(Trees.text(claim, "metadata.name")));
    return names;
  }

  private static Set<String> mounts(Manifest pod) {
    return pod.containers().stream()
        .flatMap(container -> Trees.list(container, "volumeMounts").stream())
        .map(mount -> Trees.text(mount, "name"))
        .collect(Collectors.toSet());
  }

  private static List<Rule> containers() {
    return List.of(
        container(
            "containers gain no privileges",
            is("securityContext.allowPrivilegeEscalation", false),
            inContainer("securityContext.allowPrivilegeEscalation", true)),
        container(
            "containers cannot write to their image",
            is("securityContext.readOnlyRootFilesystem", true),
            fromContainer("securityContext.readOnlyRootFilesystem")),
        container(
            "containers are not privileged",
            is("securityContext.privileged", false),
            inContainer("securityContext.privileged", true)),
        container(
            "containers are not root either",
            is("securityContext.runAsNonRoot", true),
            inContainer("securityContext.runAsNonRoot", false)),
        container(
            "containers drop all capabilities",
            container -> Trees.list(container, "securityContext.capabilities.drop").contains("ALL"),
            inContainer("securityContext.capabilities.drop", List.of("NET_RAW"))),
        container(
            "containers add no capability",
            container -> Trees.find(container, "securityContext.capabilities.add") == null,
            inContainer("securityContext.capabilities.add", List.of("NET_ADMIN"))),
        container(
            "containers keep the pod's user",
            container -> Trees.find(container, "securityContext.runAsUser") == null,
            inContainer("securityContext.runAsUser", 0)),
        container(
            "containers mask what the runtime masks of /proc",
            container -> Trees.find(container, "securityContext.procMount") == null,
            inContainer("securityContext.procMount", "Unmasked")));
  }

  private static java.util.function.Predicate<Object> is(String path, Object value) {
    return container -> value.equals(Trees.find(container, path));
  }
}
