package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.custom.Quantity;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          quantity           | 500m, 2, 1.5, .5, 1., 2Gi, 100k, 1E, 1e3, 1E-3, 250u
          resource           | cpu, memory, ephemeral-storage, hugepages-2Mi, example.com/gpu
          volume-size        | 20Gi, 512Mi, 1Ti
          name               | a, city-payments, my.secret, 2024
          namespace          | cnpg-system, a, 1
          label-key          | disk, app.kubernetes.io/name, city.example/a_b
          label              | ssd, 1.0, a_b-c
          variable           | JAVA_OPTS, a.b, _x
          cron               | @daily, @every 1h30m, 17 3 * * *, */5 0-6,12 ? jan-mar mon
          cron-with-seconds  | 0 0 2 * * *, 0 */30 * * * mon
          time               | 2026-11-22T10:00:00Z, 2026-11-22T10:00:00.5+08:00
          origin             | https://city.example, http://localhost:8080, https://[::1]:8443
          url                | https://objects.example, https://objects.example/, http://10.0.0.1:9000/store
          host               | postgres.internal, 10.0.0.1, [fd00::1], Db-1.internal
          route-host         | city.example, *.city.example, a
          ipv4-range         | 0.0.0.0/0, 10.20.0.0/16, 169.254.20.10/32
          ip-range           | 169.254.20.10/32, fd00::/8, fe80::1/128
          registry           | registry.city.cn, registry.internal:5000/mirror, ghcr.io/a/b/
          image-path         | liangjiang, city/services, a__b/c.d
          tag                | 1.4.2, latest, 0.1.0-SNAPSHOT
          image              | transit, city/transit:1, localhost:5000/a/b:1.0, ghcr.io/a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
          database-prefix    | city_, a-b
          postgresql-setting | max_connections, pg_stat_statements.max
          word               | docs/operations.md, https://wiki.example/a
          """)
  void takes(String form, String texts) {
    assertThat(texts.split(", ")).allSatisfy(text -> assertThat(text).matches(pattern(form)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          quantity           | lots, 1GB, 1 Gi, -1, +1, 1Ki2, 1.2.3, Gi, 1Kib, e3, 1e
          resource           | memry, CPU, hugepages, example.com/
          volume-size        | 0Gi, 20, 20G, 1.5Gi
          name               | A, a_b, -a, a., a..b, a/b
          namespace          | a.b, A
          label-key          | a b, -a, A/b, /a, a/b/c
          label              | a b, -a, a/b
          variable           | 1A, A-B=, a b
          cron               | never, daily, * * * *, * * * * * *, @every day, 17:3 * * * *
          cron-with-seconds  | 0 2 * * *, @daily, often
          time               | 2026-11-22, 10:00, 2026-11-22T10:00:00
          origin             | city.example, ftp://city.example, https://city.example/, https://, https://a b, https://a?b
          url                | objects.example, s3://a, https://a b
          host               | a:5432, https://a, a/b, a b, -a
          route-host         | City.example, https://a, a:80, *, a.*.b
          ipv4-range         | 10.0.0.0, 10.0.0/8, 256.0.0.0/8, 10.0.0.0/33, 010.0.0.0/8, fd00::/8
          ip-range           | 10.0.0.0, fd00::1, fd00::/129, g::/8, localhost
          registry           | https://registry.city.cn, a b, a:x, /a
          image-path         | A, a//b, /a, a/, a:1
          tag                | -1, 1@sha256, a/b, a:b, 0123456789012345678901234567890123456789012345678901234567890123
          image              | City, a:, a:b:c, https://a/b, a@sha256:1
          database-prefix    | a/b, a b
          postgresql-setting | Max_Connections, max-connections, 1a
          word               | our wiki
          """)
  void refuses(String form, String texts) {
    assertThat(texts.split(", ")).allSatisfy(text -> assertThat(text).doesNotMatch(pattern(form)));
  }

  /** Kubernetes' own reader of quantities says the same. */
  @ParameterizedTest
  @ValueSource(strings = {"500m", "1.5", ".5", "1.", "2Gi", "100k", "1E", "1e3", "250u", "3n"})
  void takesQuantitiesThatKubernetesReads(String quantity) {
    assertThat(quantity).matches(pattern("quantity"));
    assertThat(Quantity.fromString(quantity).getNumber()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "1GB", "1 Gi", "1.2.3", "Gi", "1Kib"})
  void refusesQuantitiesThatKubernetesDoesNotRead(String quantity) {
    assertThat(quantity).doesNotMatch(pattern("quantity"));
    assertThatThrownBy(() -> Quantity.fromString(quantity)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void takesPortsThatThereAre() {
    assertThat(Forms.schema("port"))
        .containsEntry("type", "integer")
        .containsEntry("minimum", 1)
        .containsEntry("maximum", 65_535);
  }

  @Test
  void takesNothingWhereNothingMayBeSaid() {
    assertThat("").doesNotMatch(pattern("name"));
    assertThat("").matches(String.valueOf(Forms.orEmpty("name").get("pattern")));
    assertThat(Forms.orEmpty(Forms.TEXT)).doesNotContainKey("pattern");
  }

  @Test
  void refusesAFormThatItDoesNotKnow() {
    assertThatThrownBy(() -> Forms.schema("quantitiy"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("quantitiy");
  }

  private static String pattern(String form) {
    return String.valueOf(Forms.schema(form).get("pattern"));
  }
}
