package io.liangjiang.payments.closing;

import io.liangjiang.payments.channel.TestMerchant;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A city with an insurance bureau, whose statement is owed every day, and with the tests' own
 * channel for the cash; no sweeps: the test says when.
 */
public final class InsuredBillsTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "liangjiang.insurance.base-url",
        "http://the-tests-play-it",
        "test.channel.port",
        "0",
        "test.channel.keys",
        TestMerchant.create().directory().toString(),
        "liangjiang.payments.sweep-interval",
        "off",
        "liangjiang.payments.reconciliation-interval",
        "off");
  }

  @Override
  public void stop() {
    // the keys are of no use to anybody else
  }
}
