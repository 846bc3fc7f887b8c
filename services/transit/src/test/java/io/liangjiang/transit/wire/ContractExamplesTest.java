package io.liangjiang.transit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.payments.v1.ChargeServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.examples.Coverage;
import io.liangjiang.platform.test.examples.OwnershipCells;
import io.liangjiang.platform.test.examples.ParkedExamples;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import io.liangjiang.transit.v1.CityCodeServiceGrpc;
import io.liangjiang.transit.v1.LineServiceGrpc;
import io.liangjiang.transit.v1.RideServiceGrpc;
import io.liangjiang.transit.v1.TapServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transit answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PaymentsPort.class, restrictToAnnotatedClass = true)
class ContractExamplesTest {
  private static final UUID RIDER = UUID.fromString("0199a2c4-7d00-7000-8000-000000009302");
  private static final UUID PASSENGER = UUID.fromString("0199a2c4-7d00-7000-8000-000000009004");
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);
  private static final ServiceDescriptor[] SERVICES = {
    CityCodeServiceGrpc.getServiceDescriptor(),
    LineServiceGrpc.getServiceDescriptor(),
    RideServiceGrpc.getServiceDescriptor(),
    TapServiceGrpc.getServiceDescriptor(),
    AccessRecordServiceGrpc.getServiceDescriptor(),
    ParkedEventServiceGrpc.getServiceDescriptor(),
    PersonalDataServiceGrpc.getServiceDescriptor()
  };

  /** Cells of the ownership matrix in which there is nothing that another one owns. */
  private static final Map<String, String> WITHOUT_OBJECT =
      Map.of(
          "CityCodeService/CreateCityCode citizen",
              "a signed code of the token's sub, which no request can name; no ids in the answer",
          "AccessRecordService/ListAccessRecords citizen",
              "no staff can read rides, so nobody has a record; platform/access-records tries it",
          "CityCodeService/RevokeMyCityCodes citizen",
              "by the token's sub, which no request can name; answers with a time alone",
          "CityCodeService/ListCityCodeRevocations staff",
              "nonces without a person, which every organisation's readers must have whole",
          "PersonalDataService/DescribePersonalData citizen",
              "counts by the token's sub; PersonalDataContract tries it as a stranger");

  @Inject TransitCity city;
  @Inject MutableClock clock;
  @Inject ParkedExamples parkedEvents;

  @ConfigProperty(name = "quarkus.grpc.clients.payments.port")
  int paymentsPort;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void showsLines() {
    Replay.of("transit/lines", SERVICES).run();
  }

  @Test
  void issuesCodes() {
    clock.advance(FORGOTTEN); // the readers know no revocation of another test any more
    Replay.of("transit/city-codes", SERVICES).at(city.now()).run();
  }

  @Test
  void chargesRides() {
    Replay.of("transit/rides", SERVICES)
        .before(
            "A bus hands in what its reader saw; each tap is answered on its own.",
            () -> clock.advance(Duration.ofSeconds(20)))
        .before("The wallet did not hold the fare.", city::chargeDue)
        .before(
            "The wallet is filled and the ride is paid.", () -> city.payments().fill(RIDER, 2000))
        .run();
  }

  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", SERVICES).run();
    Replay.of("platform/personal-data", SERVICES).run();
  }

  @Test
  void letsOperatorsDecideAboutParkedEvents() {
    parkedEvents.play();
  }

  @Test
  void paymentsIsPlayedAsItAnswers() {
    Replay.of("payments/charges", ChargeServiceGrpc.getServiceDescriptor())
        .before("The ride is charged.", () -> city.payments().fill(PASSENGER, 2000))
        .only("CreateCharge")
        .run(paymentsPort);
  }

  @Test
  void everyRpcHasExamples() {
    assertThat(Coverage.ofDomain("transit").gaps(SERVICES)).isEmpty();
  }

  @Test
  void everyRpcIsTriedAsOthers() {
    assertThat(OwnershipCells.ofDomain("transit", SERVICES).gaps(WITHOUT_OBJECT)).isEmpty();
  }
}
