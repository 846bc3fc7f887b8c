package io.liangjiang.identity.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.platform.test.personal.PersonalDataContract;
import io.liangjiang.platform.test.personal.PersonalTables;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@IdentityTest
class PersonalDataTest {
  @GrpcClient("self")
  PersonalDataService self;

  @Inject PersonalTables tables;

  /** An erasure keeps the id that its certificate is about. */
  @Test
  void namesEveryTableWithPersonalData() {
    assertThat(tables.unnamed("signing_key", "derivation_secret", "erasure")).isEmpty();
  }

  @Test
  void answersAsEveryServiceDoes() {
    new PersonalDataContract(self).check();
  }
}
