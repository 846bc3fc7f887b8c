package io.liangjiang.cityctl.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificatesTest {
  private static final String PLAN =
      """
      {"certificates": {"authority": "city", "labels": {"a": "b"}, "owners": [
        {"secret": "identity", "names": ["identity-grpc", "localhost"]},
        {"secret": "payments", "names": ["payments-grpc", "localhost"]}]}}
      """;

  private final MemoryStore store = new MemoryStore();
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");

  private List<String> run() {
    return new Certificates(store, () -> now).make(CertificatePlan.read(PLAN));
  }

  @Test
  void makesAnAuthorityAndACertificateForEverybody() throws Exception {
    assertThat(run()).containsExactly("made city", "made identity", "made payments");

    var certificate = CertificateMaker.read(entry("identity", "tls.crt"));
    assertThat(CertificateMaker.names(certificate)).containsExactly("identity-grpc", "localhost");
    assertThat(certificate.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(CertificateMaker.isSignedBy(certificate, entry("city", "ca.crt"))).isTrue();
    assertThat(entry("payments", "ca.crt")).isEqualTo(entry("city", "ca.crt"));
    assertThat(entry("payments", "tls.key")).isNotEqualTo(entry("identity", "tls.key"));
    assertThat(store.secrets.get("identity")).doesNotContainKey("ca.key");
  }

  @Test
  void changesNothingThatIsYoung() {
    run();
    now = now.plus(Duration.ofDays(59));

    assertThat(run()).containsExactly("kept city", "kept identity", "kept payments");
  }

  @Test
  void renewsACertificateInItsLastThird() {
    run();
    String before = entry("identity", "tls.crt");
    now = now.plus(Duration.ofDays(61));

    assertThat(run())
        .containsExactly(
            "kept city",
            "renewed identity: tls.crt, tls.key",
            "renewed payments: tls.crt, tls.key");
    assertThat(entry("identity", "tls.crt")).isNotEqualTo(before);
  }

  @Test
  void renewsACertificateWhoseNamesHaveChanged() {
    run();
    var plan = CertificatePlan.read(PLAN.replace("\"identity-grpc\"", "\"identity-new\""));

    assertThat(new Certificates(store, () -> now).make(plan))
        .containsExactly("kept city", "renewed identity: tls.crt, tls.key", "kept payments");
  }

  /** Whatever two processes have at any time of a change of authority, they take each other. */
  @Test
  void changesTheAuthorityWithoutAMomentOfRefusal() {
    run();
    String first = entry("city", "ca.crt");
    now = now.plus(Certificates.AUTHORITY_LIFE.multipliedBy(2).dividedBy(3)).plusSeconds(1);
    List<String> trusted = new ArrayList<>(List.of(entry("identity", "ca.crt")));
    List<String> shown = new ArrayList<>(List.of(entry("identity", "tls.crt")));
    for (int day = 0; day < 3; day++) {
      run();
      trusted.add(entry("identity", "ca.crt"));
      shown.add(entry("identity", "tls.crt"));
      now = now.plus(Duration.ofDays(1));
    }

    assertThat(entry("city", "ca.crt")).isNotEqualTo(first);
    for (int step = 1; step < trusted.size(); step++) {
      // One process has read the files of this run, the other still those of the run before.
      assertThat(isTaken(shown.get(step), trusted.get(step - 1))).as("new certificate").isTrue();
      assertThat(isTaken(shown.get(step - 1), trusted.get(step))).as("old certificate").isTrue();
    }
  }

  @Test
  void forgetsAnAuthorityWhoseTimeIsOver() {
    run();
    Set<String> seen = new HashSet<>();
    for (int month = 0; month < 60; month++) {
      run();
      seen.add(entry("city", "ca.crt"));
      now = now.plus(Duration.ofDays(30));
    }
    run();

    assertThat(seen).hasSizeGreaterThanOrEqualTo(2);
    assertThat(CertificateMaker.split(entry("identity", "ca.crt"))).hasSizeLessThanOrEqualTo(3);
    assertThat(CertificateMaker.split(entry("identity", "ca.crt")))
        .allMatch(pem -> CertificateMaker.end(pem).isAfter(now));
  }

  @Test
  void refusesAPlanThatCannotBeFollowed() {
    assertThatThrownBy(
            () -> CertificatePlan.read("{\"certificates\": {\"owners\": [{\"secret\": \"a\"}]}}"))
        .isInstanceOf(BadPlan.class);
    assertThat(CertificatePlan.read("{\"secrets\": []}").owners()).isEmpty();
  }

  private static boolean isTaken(String certificate, String bundle) {
    return CertificateMaker.split(bundle).stream()
        .anyMatch(
            authority ->
                CertificateMaker.isSignedBy(CertificateMaker.read(certificate), authority));
  }

  private String entry(String secret, String key) {
    return store.secrets.get(secret).get(key);
  }
}
