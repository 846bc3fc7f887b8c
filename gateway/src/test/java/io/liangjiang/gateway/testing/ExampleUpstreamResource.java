package io.liangjiang.gateway.testing;

import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Points every channel of the gateway at one {@link ExampleUpstream}. */
public final class ExampleUpstreamResource implements QuarkusTestResourceLifecycleManager {
  private static final List<String> SERVICES =
      List.of("identity", "payments", "tourism", "healthcare", "transit");

  private final ExampleUpstream upstream = new ExampleUpstream();

  @Override
  public Map<String, String> start() {
    String port = String.valueOf(upstream.port());
    var settings = new HashMap<String, String>();
    for (String service : SERVICES) {
      settings.put("quarkus.grpc.clients." + service + ".port", port);
      settings.put("quarkus.grpc.clients." + service + ".test-port", port);
    }
    settings.put("liangjiang.service.client-id", "gateway");
    settings.put("liangjiang.service.client-secret", "secret-of-the-test");
    settings.put("gateway.test.upstream-port", "0");
    settings.put("liangjiang.tokens.jwks", TestTokens.jwks());
    settings.put("liangjiang.environment", "development");
    settings.put("quarkus.http.test-port", "0");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(upstream, new TestInjector.MatchesType(ExampleUpstream.class));
  }

  @Override
  public void stop() {
    upstream.end();
  }
}
