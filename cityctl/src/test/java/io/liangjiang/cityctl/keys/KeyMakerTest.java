package io.liangjiang.cityctl.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMakerTest {
  private static final String PLAN =
      """
      {"secrets": [
        {"name": "identity", "labels": {"a": "b"}, "entries": {
          "master-key": {"make": "bytes", "length": 32},
          "gateway-client-sha256": {"make": "sha256", "of": "gateway/client-secret"}}},
        {"name": "gateway", "entries": {"client-secret": {"make": "letters", "length": 40}}},
        {"name": "channel", "entries": {
          "id": {"make": "text", "text": "1900000109"},
          "serial": {"make": "serial"},
          "number": {"make": "digits", "length": 31, "text": "PUB_KEY_ID_0"},
          "certificate.pem": {"make": "certificate", "of": "private.pem", "text": "Channel"},
          "public.pem": {"make": "public", "of": "private.pem"},
          "private.pem": {"make": "rsa"}}}]}
      """;

  private final MemoryStore store = new MemoryStore();

  private List<String> make(String plan) {
    return new KeyMaker(store).make(Plan.read(plan));
  }

  @Test
  void makesEachEntryInItsForm() {
    make(PLAN);

    assertThat(Base64.getDecoder().decode(entry("identity", "master-key"))).hasSize(32);
    assertThat(entry("gateway", "client-secret")).matches("[a-z2-9]{40}");
    assertThat(entry("channel", "id")).isEqualTo("1900000109");
    assertThat(entry("channel", "serial")).matches("[4-7][0-9A-F]{39}");
    assertThat(entry("channel", "number")).matches("PUB_KEY_ID_0[0-9]{31}");
  }

  @Test
  void derivesDigestsOfSecretsMadeInTheSameRun() throws Exception {
    make(PLAN);

    byte[] secret = entry("gateway", "client-secret").getBytes();
    assertThat(entry("identity", "gateway-client-sha256"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret)));
  }

  @Test
  void makesKeysThatFitEachOther() throws Exception {
    make(PLAN);

    var keys = KeyFactory.getInstance("RSA");
    var privateKey =
        keys.generatePrivate(new PKCS8EncodedKeySpec(Pem.read(entry("channel", "private.pem"))));
    var publicKey =
        keys.generatePublic(new X509EncodedKeySpec(Pem.read(entry("channel", "public.pem"))));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(privateKey);
    signature.update(new byte[] {1});
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(new byte[] {1});
    assertThat(signature.verify(signed)).isTrue();
    X509Certificate certificate = certificate();
    certificate.verify(publicKey);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Channel");
  }

  private X509Certificate certificate() throws Exception {
    InputStream pem = new ByteArrayInputStream(entry("channel", "certificate.pem").getBytes());
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
  }

  @Test
  void secondRunChangesNothing() {
    make(PLAN);
    Map<String, Map<String, String>> before = new LinkedHashMap<>(store.secrets);

    assertThat(make(PLAN)).containsExactly("kept identity", "kept gateway", "kept channel");
    assertThat(store.secrets).isEqualTo(before);
  }

  @Test
  void keepsWhatIsThereAndMakesTheRest() {
    store.create("identity", Map.of(), Map.of("master-key", "mine", "other", "too"));

    assertThat(make(PLAN))
        .containsExactly(
            "completed identity with gateway-client-sha256", "made gateway", "made channel");
    assertThat(entry("identity", "master-key")).isEqualTo("mine");
    assertThat(entry("identity", "other")).isEqualTo("too");
  }

  @Test
  void digestsFollowASecretThatWasMadeAnew() {
    make(PLAN);
    String before = entry("identity", "gateway-client-sha256");
    String masterKey = entry("identity", "master-key");
    store.secrets.remove("gateway");

    make(PLAN);

    assertThat(entry("identity", "gateway-client-sha256")).isNotEqualTo(before);
    assertThat(entry("identity", "master-key")).isEqualTo(masterKey);
  }

  @Test
  void derivesFromASecretOfTheOperator() {
    store.create("mine", Map.of(), Map.of("client-secret", "abc"));

    make(
        """
        {"secrets": [{"name": "identity", "entries": {
          "digest": {"make": "sha256", "of": "mine/client-secret"}}}]}
        """);

    assertThat(entry("identity", "digest"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"make": "letter", "length": 3}                 | no way is called 'letter'
          {"make": "letters"}                             | a length of 1 to 1024
          {"make": "letters", "length": 2000}             | a length of 1 to 1024
          {"make": "sha256", "of": "nobody/key"}          | nobody/key is neither there nor planned
          {"make": "public", "of": "bad"}                 | is derived from itself
          {"make": "sha256"}                              | is of something
          {"make": "letters", "length": 3, "of": "a/b"}   | a/b is neither there nor planned
          """)
  void writesNothingOfABadPlan(String entry, String says) {
    String plan =
        "{\"secrets\": [{\"name\": \"good\", \"entries\": {\"k\": {\"make\": \"serial\"}}},"
            + "{\"name\": \"s\", \"entries\": {\"bad\": "
            + entry
            + "}}]}";

    assertThatThrownBy(() -> make(plan)).isInstanceOf(BadPlan.class).hasMessageContaining(says);
    assertThat(store.secrets).isEmpty();
  }

  @Test
  void saysNoSecretInWhatItPrints() {
    String printed = String.join("\n", make(PLAN));

    assertThat(printed).doesNotContain(entry("gateway", "client-secret"));
  }

  /** What the chart plans, as it was accepted there. */
  @Test
  void followsThePlanOfTheChart() throws Exception {
    String plan = plan(Path.of("../helm/src/test/golden/evaluation.yaml"));

    make(plan);

    assertThat(store.secrets)
        .containsKeys("liangjiang-identity-keys", "liangjiang-channel-keys", "liangjiang-database");
    assertThat(entry("liangjiang-payments-database", "username")).isEqualTo("payments");
    assertThat(entry("liangjiang-channel-keys", "api-v3-key")).hasSize(32);
    assertThat(store.secrets.get("liangjiang-identity-keys"))
        .containsKeys("master-key", "staff-admin", "gateway-client-sha256");
  }

  private static String plan(Path golden) throws Exception {
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        InputStream file = Files.newInputStream(golden)) {
      return client.load(file).items().stream()
          .filter(ConfigMap.class::isInstance)
          .map(ConfigMap.class::cast)
          .filter(map -> map.getMetadata().getName().equals("liangjiang-keys"))
          .map(map -> map.getData().get("plan.json"))
          .findFirst()
          .orElseThrow();
    }
  }

  private String entry(String secret, String key) {
    return store.secrets.get(secret).get(key);
  }
}
