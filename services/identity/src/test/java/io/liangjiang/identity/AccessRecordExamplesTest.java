package io.liangjiang.identity;

import io.liangjiang.platform.test.examples.ParkedExamples;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * What every service answers about access records, personal data and parked events, to callers with
 * the tests' tokens.
 */
@IdentityTest
class AccessRecordExamplesTest {
  @Inject ParkedExamples parkedEvents;

  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", AccessRecordServiceGrpc.getServiceDescriptor()).run();
  }

  @Test
  void saysWhatThereIsOfACitizen() {
    Replay.of("platform/personal-data", PersonalDataServiceGrpc.getServiceDescriptor()).run();
  }

  @Test
  void letsOperatorsDecideAboutParkedEvents() {
    parkedEvents.play();
  }
}
