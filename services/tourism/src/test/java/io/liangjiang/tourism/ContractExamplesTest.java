package io.liangjiang.tourism;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.identity.v1.DependantServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.StartedService;
import io.liangjiang.platform.test.examples.Coverage;
import io.liangjiang.platform.test.examples.OwnershipCells;
import io.liangjiang.platform.test.examples.ParkedExamples;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import io.liangjiang.tourism.city.CitizenCodes;
import io.liangjiang.tourism.city.Families;
import io.liangjiang.tourism.city.OrderBook;
import io.liangjiang.tourism.slot.TimeSlots;
import io.liangjiang.tourism.v1.CheckInServiceGrpc;
import io.liangjiang.tourism.v1.SiteServiceGrpc;
import io.liangjiang.tourism.v1.TicketServiceGrpc;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import io.liangjiang.transit.v1.CityCodeServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tourism answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
class ContractExamplesTest {
  private static final Instant MORNING = Instant.parse("2027-03-15T02:00:00Z");
  private static final ServiceDescriptor[] SERVICES = {
    SiteServiceGrpc.getServiceDescriptor(),
    TripServiceGrpc.getServiceDescriptor(),
    TicketServiceGrpc.getServiceDescriptor(),
    CheckInServiceGrpc.getServiceDescriptor(),
    AccessRecordServiceGrpc.getServiceDescriptor(),
    ParkedEventServiceGrpc.getServiceDescriptor(),
    PersonalDataServiceGrpc.getServiceDescriptor()
  };

  /** Cells of the ownership matrix in which there is nothing that another one owns. */
  private static final Map<String, String> WITHOUT_OBJECT =
      Map.of(
          "PersonalDataService/DescribePersonalData citizen",
          "counts by the token's sub; PersonalDataContract tries it as a stranger");

  @Inject StartedService service;
  @Inject TimeSlots timeSlots;
  @Inject Families families;
  @Inject OrderBook orders;
  @Inject CitizenCodes cityCodes;
  @Inject MutableClock clock;
  @Inject ParkedExamples parkedEvents;

  @BeforeEach
  void startInTheMorning() {
    service.await();
    clock.set(MORNING);
    await(timeSlots.generate());
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  @Test
  void showsSites() {
    replay("tourism/sites", SERVICES).run();
  }

  @Test
  void sellsTrips() {
    UUID child = families.add(UUID.fromString("0199a2c4-7d00-7000-8000-000000009101"), "小明");
    var replay = replay("tourism/trips", SERVICES);
    replay
        .where("0199a2c4-7d00-7000-8000-000000009111", child.toString())
        .before(
            "The order is paid and the tickets are there.",
            () -> orders.payQuietly(replay.actual("0199a2c4-7d00-7000-8000-000000008121")))
        .run();
  }

  @Test
  void opensGates() {
    UUID citizen = UUID.fromString("0199a2c4-7d00-7000-8000-000000009104");
    var replay = replay("tourism/check-ins", SERVICES);
    replay
        .where("city-code-1", cityCodes.issue(citizen, clock.instant()))
        .where("city-code-2", cityCodes.issue(citizen, clock.instant()))
        .before(
            "They are paid and the tickets are there.",
            () -> orders.payQuietly(replay.actual("0199a2c4-7d00-7000-8000-000000008141")))
        .run();
  }

  @Test
  void saysWhoReadWhat() {
    replay("platform/access-records", SERVICES).run();
    replay("platform/personal-data", SERVICES).run();
  }

  @Test
  void letsOperatorsDecideAboutParkedEvents() {
    parkedEvents.play();
  }

  @Test
  void everyRpcHasExamples() {
    assertThat(Coverage.ofDomain("tourism").gaps(SERVICES)).isEmpty();
  }

  @Test
  void everyRpcIsTriedAsOthers() {
    assertThat(OwnershipCells.ofDomain("tourism", SERVICES).gaps(WITHOUT_OBJECT)).isEmpty();
  }

  @Test
  void paymentsIsPlayedAsItAnswers() {
    replay("payments/orders-of-services", PaymentOrderServiceGrpc.getServiceDescriptor())
        .only("CreatePaymentOrder", "GetPaymentOrder", "ClosePaymentOrder", "RefundPaymentOrder")
        .run();
  }

  @Test
  void identityIsPlayedAsItAnswers() {
    UUID child = families.add(UUID.fromString("0199a2c4-7d00-7000-8000-000000009421"), "小明");
    replay("identity/dependants", DependantServiceGrpc.getServiceDescriptor())
        .where("0199a2c4-7d00-7000-8000-000000009422", child.toString())
        .only("CheckRelation")
        .run();
  }

  @Test
  void transitIsPlayedAsItAnswers() {
    UUID citizen = UUID.fromString("0199a2c4-7d00-7000-8000-000000009301");
    cityCodes.revoke(citizen, clock.instant());
    replay("transit/city-codes", CityCodeServiceGrpc.getServiceDescriptor())
        .only("GetCityCodeKeySet", "ListCityCodeRevocations")
        .run();
  }

  private Replay replay(String name, ServiceDescriptor... services) {
    return Replay.of(name, services).at(clock.instant());
  }
}
