package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.SecuredUpstreamResource;
import io.liangjiang.platform.tls.MutualTls;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway in front of a service that takes callers with the city's certificate only. */
@QuarkusTest
@QuarkusTestResource(value = SecuredUpstreamResource.class, restrictToAnnotatedClass = true)
class SecuredUpstreamTest {
  @Inject ScriptedUpstream upstream;
  @Inject MutualTls tls;

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void showsItsCertificateToTheService() {
    given().get("/v1/echoes/abc").then().statusCode(200);

    assertThat(upstream.calls()).hasSize(1);
  }

  @Test
  void findsTheServiceAgainAfterItWasAway() throws Exception {
    upstream.goAway();
    upstream.comeBack();

    given().get("/v1/echoes/abc").then().statusCode(200);
  }

  @Test
  void asksProductionToPassGuestsOnByHttps() {
    assertThat(problems("http://localhost:9001"))
        .isEqualTo(
            "liangjiang.gateway.passage.identity-url must begin with https:// where"
                + " liangjiang.tls is on");
    assertThat(problems("https://localhost:9001")).isEmpty();
  }

  private String problems(String identity) {
    PassageSettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(PassageSettings.class)
            .withDefaultValue("liangjiang.gateway.passage.identity-url", identity)
            .withConverter(Duration.class, 200, DurationConverter::parseDuration)
            .build()
            .getConfigMapping(PassageSettings.class);
    return String.join(";", new PassageCheck(settings, tls).problems());
  }
}
