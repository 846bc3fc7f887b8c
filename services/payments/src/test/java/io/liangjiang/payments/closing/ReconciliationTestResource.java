package io.liangjiang.payments.closing;

import io.liangjiang.payments.channel.TestMerchant;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** Sets up WECHAT_PAY with a host that the test starts, and no sweeps: the test says when. */
public final class ReconciliationTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    int port = freePort();
    TestMerchant merchant = TestMerchant.create();
    Map<String, String> settings =
        new HashMap<>(merchant.settings("wechat-pay", "http://localhost:" + port));
    settings.put("test.channel.port", Integer.toString(port));
    settings.put("test.channel.keys", merchant.directory().toString());
    settings.put("liangjiang.payments.inbox-interval", "1s");
    settings.put("liangjiang.payments.sweep-interval", "off");
    settings.put("liangjiang.payments.reconciliation-interval", "off");
    return settings;
  }

  @Override
  public void stop() {
    // the keys are of no use to anybody else
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
