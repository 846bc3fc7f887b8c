package io.liangjiang.cityctl.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire to a cluster's API, which here is a server of the test. */
class ClusterSecretsTest {
  private static final String SECRETS = "/api/v1/namespaces/city/secrets";

  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private String answer = "{}";
  private HttpServer server;
  private KubernetesClient client;
  private ClusterSecrets secrets;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    var config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("http://localhost:" + server.getAddress().getPort())
            .withRequestRetryBackoffLimit(0)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    secrets = new ClusterSecrets(client, "city");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void readsWhatIsThere() {
    answer = "{\"kind\": \"Secret\", \"apiVersion\": \"v1\", \"data\": {\"key\": \"YWJj\"}}";

    assertThat(secrets.find("mine")).contains(Map.of("key", "abc"));
    assertThat(asked).containsExactly("GET " + SECRETS + "/mine ");
  }

  @Test
  void findsNothingWhereNothingIs() {
    status = 404;

    assertThat(secrets.find("mine")).isEmpty();
  }

  @Test
  void createsASecretWithItsLabels() {
    answer = "{\"kind\": \"Secret\", \"apiVersion\": \"v1\"}";

    secrets.create("mine", Map.of("part-of", "liangjiang"), Map.of("key", "abc"));

    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst())
        .startsWith("POST " + SECRETS + " ")
        .contains("\"name\":\"mine\"", "\"key\":\"YWJj\"", "\"part-of\":\"liangjiang\"", "Opaque");
  }

  @Test
  void putsEntriesBesideTheOthers() {
    answer = "{\"kind\": \"Secret\", \"apiVersion\": \"v1\"}";

    secrets.complete("mine", Map.of("key", "abc"));

    assertThat(asked.getLast())
        .isEqualTo("PATCH " + SECRETS + "/mine {\"data\":{\"key\":\"YWJj\"}}");
  }

  @Test
  void saysWhenTheClusterRefuses() {
    status = 403;

    assertThatThrownBy(() -> secrets.find("mine")).isInstanceOf(KubernetesClientException.class);
  }
}
