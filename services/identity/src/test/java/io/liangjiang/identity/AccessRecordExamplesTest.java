package io.liangjiang.identity;

import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import org.junit.jupiter.api.Test;

/**
 * What every service answers about access records and personal data, to callers with the tests'
 * tokens.
 */
@IdentityTest
class AccessRecordExamplesTest {
  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", AccessRecordServiceGrpc.getServiceDescriptor()).run();
  }

  @Test
  void saysWhatThereIsOfACitizen() {
    Replay.of("platform/personal-data", PersonalDataServiceGrpc.getServiceDescriptor()).run();
  }
}
