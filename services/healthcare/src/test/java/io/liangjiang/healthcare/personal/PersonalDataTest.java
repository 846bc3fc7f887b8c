package io.liangjiang.healthcare.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.personal.PersonalDataContract;
import io.liangjiang.platform.test.personal.PersonalTables;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PersonalDataTest {
  @GrpcClient("self")
  PersonalDataService self;

  @Inject PersonalTables tables;

  @Test
  void namesEveryTableWithPersonalData() {
    assertThat(tables.unnamed()).isEmpty();
  }

  @Test
  void answersAsEveryServiceDoes() {
    new PersonalDataContract(self).check();
  }
}
