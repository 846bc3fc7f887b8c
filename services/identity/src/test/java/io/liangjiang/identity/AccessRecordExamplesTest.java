package io.liangjiang.identity;

import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import org.junit.jupiter.api.Test;

/** What every service answers about its access records, to callers with the tests' tokens. */
@IdentityTest
class AccessRecordExamplesTest {
  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", AccessRecordServiceGrpc.getServiceDescriptor()).run();
  }
}
