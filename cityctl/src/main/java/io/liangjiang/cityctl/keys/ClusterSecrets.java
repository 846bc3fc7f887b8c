package io.liangjiang.cityctl.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The Secrets of a namespace; needs the rights to get, create and patch them. */
final class ClusterSecrets implements SecretStore {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;

  ClusterSecrets(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public Optional<Map<String, String>> find(String name) {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return Optional.empty();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  entries.put(key, new String(Base64.getDecoder().decode(value), UTF_8)));
    }
    return Optional.of(entries);
  }

  @Override
  public void create(String name, Map<String, String> labels, Map<String, String> entries) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(labels)
            .endMetadata()
            .withType("Opaque")
            .withData(encoded(entries))
            .build();
    client.secrets().inNamespace(namespace).resource(secret).create();
  }

  @Override
  public void complete(String name, Map<String, String> entries) {
    String patch = Serialization.asJson(Map.of("data", encoded(entries)));
    client.secrets().inNamespace(namespace).withName(name).patch(MERGE, patch);
  }

  private static Map<String, String> encoded(Map<String, String> entries) {
    Map<String, String> encoded = new LinkedHashMap<>();
    entries.forEach(
        (key, value) ->
            encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
    return encoded;
  }
}
