package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot work are refused by Helm, and not by the cluster or by nobody. */
class RefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas                       | 3
          environmemt                    | production
          environment                    | staging
          publicUrl                      | city.example
          publicUrl                      | https://city.example/
          image.pullPolicy               | Sometimes
          defaults.replicas              | 0
          defaults.replica               | 2
          defaults.resources.limit.cpu   | 1
          defaults.autoscaling.enabled   | maybe
          components.gateway.replcas     | 2
          components.gate.replicas       | 2
          components.payments.env.A      | true
          keys.existingSecrets.identity  | 7
          database.mode                  | sqlite
          database.external.port         | 70000
          database.cnpg.storageSize      | large
          database.cnpg.backup.retention | forever
          networkPolicy.outside.cidr     | everywhere
          route.type                     | nodePort
          """)
  void refusesValuesThatTheSchemaDoesNotKnow(String setting, String value) {
    assertThatThrownBy(() -> Chart.render("minimal", Map.of(setting, value)))
        .hasMessageContaining("values don't meet the specifications of the schema");
  }

  /** The message says where; {@link FormsTest} has what each form takes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          publicUrl                                  | https://city example
          image.registry                             | https://registry.city.cn
          image.repository                           | City
          image.tag                                  | 1.0@sha256
          image.pullSecrets[0]                       | my_secret
          defaults.image                             | city/transit:
          defaults.resources.requests.cpu            | lots
          defaults.resources.limits.memory           | 512MB
          components.gateway.resources.limits.cpu    | -1
          components.gateway.envFromSecrets[0]       | a b
          components.gateway.nodeSelector.disk       | -ssd
          defaults.podLabels.team                    | water works
          defaults.priorityClassName                 | High
          keys.existingSecrets.identity              | My-Secret
          tls.renewal                                | never
          tls.renewal                                | @fortnightly
          tls.certManager.issuer.name                | my issuer
          database.external.host                     | postgresql://a
          database.external.hosts.payments           | a:5432
          database.external.port                     | 0
          database.external.namePrefix               | a/b
          database.external.existingSecrets.payments | a/b
          database.external.caSecret                 | CA
          database.cnpg.storageSize                  | lots
          database.cnpg.storageClass                 | fast disk
          database.cnpg.imageName                    | ghcr.io/postgres:18:1
          database.cnpg.resources.requests.memory    | much
          database.cnpg.operatorNamespace            | a.b
          database.cnpg.backup.endpoint              | objects.example
          database.cnpg.backup.schedule              | 0 2 * * *
          database.cnpg.recovery.targetTime          | yesterday
          database.evaluation.storageSize            | 5 Gi
          database.evaluation.image                  | Database
          database.evaluation.resources.limits.cpu   | two
          networkPolicy.dns.namespaceLabels.name     | kube system
          networkPolicy.dns.nodeLocal[0]             | 169.254.20.10
          networkPolicy.outside.cidr                 | 10.0.0.0/33
          networkPolicy.outside.except[0]            | 256.0.0.0/8
          networkPolicy.outside.ports[0]             | 70000
          networkPolicy.apiServerPorts[0]            | 0
          route.hosts[0]                             | https://city.example
          route.ingressClassName                     | Nginx
          route.tlsSecret                            | city certificate
          metrics.serviceMonitor.interval            | often
          metrics.rules.runbooks                     | our wiki
          metrics.dashboards.labels.team             | a b
          """)
  void refusesTextsThatKubernetesWouldRefuse(String setting, String value) {
    String path = setting.replaceAll("[.\\[]", "/").replace("]", "");

    assertThatThrownBy(() -> Chart.render("minimal", Map.of(setting, value)))
        .hasMessageContaining("at '/" + path + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "keys.existingSecrets, foo",
    "keys.existingSecrets, sandbox",
    "database.external.hosts, gateway",
    "database.external.existingSecrets, foo",
    "database.cnpg.resources.requests, memry",
    "database.cnpg.parameters, Max-Connections",
    "database.evaluation.resources.limits, disk",
    "defaults.env, 1A",
    "components.gateway.nodeSelector, a b",
    "defaults.podAnnotations, a_/b",
    "route.annotations, -a",
    "metrics.rules.labels, _team"
  })
  void refusesNamesThatThereAreNot(String map, String name) {
    assertThatThrownBy(() -> Chart.render("minimal", Map.of(map + "." + name, "a")))
        .hasMessageContaining("at '/" + map.replace('.', '/') + "'")
        .hasMessageContaining("additional properties '" + name + "' not allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minimal    | components.sandbox.enabled  | true       | a production city has real partners
          minimal    | publicUrl                   | http://a.b | publicUrl must begin with https://
          minimal    | database.mode               | evaluation | it has one pod and no backups
          minimal    | route.type                  | gateway    | route.hosts
          minimal    | components.payments.enabled | false      | components.payments.enabled
          evaluation | components.identity.enabled | false      | components.identity.enabled
          evaluation | database.mode               | external   | names the PostgreSQL server
          production | database.cnpg.backup.destination | ''    | say where backups are
          production | components.payments.autoscaling.minReplicas | 5 | components.payments.autoscaling, with defaults: minReplicas (5) is more than maxReplicas (4)
          production | defaults.autoscaling.minReplicas | 9 | minReplicas (9) is more than maxReplicas (6)
          minimal    | defaults.resources.limits.memory | 256Mi | resources, with defaults: requests.memory (512Mi) is more than limits.memory (256Mi)
          minimal    | components.transit.resources.requests.cpu | 2001m | components.transit.resources, with defaults: requests.cpu (2001m) is more than limits.cpu (2)
          evaluation | database.evaluation.resources.requests.memory | 1Gi | database.evaluation.resources: requests.memory (1Gi) is more than limits.memory (768Mi)
          production | database.cnpg.resources.limits.cpu | 400m | database.cnpg.resources: requests.cpu (500m) is more than limits.cpu (400m)
          minimal    | tls.renewal                 | 60 3 * * * | tls.renewal (60 3 * * *): there is no minute 60
          minimal    | tls.renewal                 | 0 3-24 * * * | there is no hour 24
          minimal    | tls.renewal                 | 0 3 0 * * | there is no day 0
          minimal    | database.cnpg.backup.schedule | 0 0 2 * 13 * | database.cnpg.backup.schedule (0 0 2 * 13 *): there is no month 13
          minimal    | calls.serviceConfig         | none       | calls.serviceConfig is no JSON object
          minimal    | networkPolicy.outside.cidr  | 10.30.0.0/16 | 10.0.0.0/8 is no part of networkPolicy.outside.cidr (10.30.0.0/16)
          air-gapped | networkPolicy.outside.except[0] | 10.30.0.0/16 | 10.30.0.0/16 is no part of
          air-gapped | networkPolicy.outside.except[0] | 10.31.1.0/24 | 10.31.1.0/24 is no part of
          minimal    | defaults.podLabels.app\\.kubernetes\\.io/name | city | podLabels, with defaults: app.kubernetes.io/name is the chart's own
          minimal    | components.transit.podAnnotations.checksum/config | a | components.transit.podAnnotations, with defaults: checksum/config is
          minimal    | metrics.rules.labels.helm\\.sh/chart | a | metrics.rules.labels: helm.sh/chart is
          """)
  void refusesValuesThatCannotWork(String values, String setting, String value, String says) {
    assertThatThrownBy(() -> Chart.render(values, Map.of(setting, value)))
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minimal    | components.transit.resources.requests.cpu | 2000m
          minimal    | components.transit.resources.requests.cpu | 2e0
          minimal    | components.transit.resources.requests.cpu | 1999999u
          minimal    | components.transit.resources.requests.memory | 0.5Gi
          minimal    | components.transit.resources.requests.memory | 536M
          minimal    | tls.renewal                               | @daily
          minimal    | tls.renewal                               | 08 */6 1-31 jan-dec 0-6
          air-gapped | networkPolicy.outside.except[0]           | 10.30.128.0/17
          minimal    | defaults.podLabels.city\\.example/team    | water
          minimal    | keys.existingSecrets.channel              | mine
          """)
  void takesWhatIsJustRight(String values, String setting, String value) {
    assertThat(Chart.render(values, Map.of(setting, value))).isNotEmpty();
  }

  /** Helm would read 2024 as a number, and a host with a star as YAML's own sign. */
  @Test
  void takesTextsThatYamlWouldReadOtherwise() {
    List<String> numbers = new ArrayList<>();
    for (Objects objects : List.of(byGateway(), byIngress())) {
      for (Manifest object : objects.all()) {
        assertThat(Shapes.faults(object)).isEmpty();
        Trees.entries(
            object.content(),
            (path, entry) -> {
              if (Integer.valueOf(2024).equals(entry.getValue())) {
                numbers.add(object.key() + " " + path + "." + entry.getKey());
              }
            });
      }
    }

    assertThat(numbers).isEmpty();
  }

  private static Objects byGateway() {
    return Chart.objectsOver(
        "production",
        """
        image: {pullSecrets: ["2024"]}
        defaults: {image: "2024", priorityClassName: "2024", envFromSecrets: ["2024"]}
        keys: {existingSecrets: {identity: "2024", transit: "2024"}}
        tls: {certManager: {issuer: {name: "2024", group: "2024"}}}
        database:
          cnpg:
            imageName: "2024"
            storageClass: "2024"
            operatorNamespace: "2024"
            backup: {credentialsSecret: "2024"}
        route: {hosts: ["*.city.example"]}
        """);
  }

  private static Objects byIngress() {
    return Chart.objectsOver(
        "air-gapped",
        """
        database: {external: {caSecret: "2024", existingSecrets: {transit: "2024"}}}
        route: {hosts: ["*.city.example"], ingressClassName: "2024", tlsSecret: "2024"}
        """);
  }
}
