package io.liangjiang.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.testing.ScriptedUpstream;
import io.liangjiang.gateway.testing.SecuredUpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway in front of a service that takes callers with the city's certificate only. */
@QuarkusTest
@QuarkusTestResource(value = SecuredUpstreamResource.class, restrictToAnnotatedClass = true)
class SecuredUpstreamTest {
  @Inject ScriptedUpstream upstream;

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
}
