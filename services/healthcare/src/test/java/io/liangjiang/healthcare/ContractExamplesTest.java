package io.liangjiang.healthcare;

import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.healthcare.fake.FakeFamilies;
import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.hospital.TestHospitals;
import io.liangjiang.healthcare.v1.AppointmentServiceGrpc;
import io.liangjiang.healthcare.v1.HospitalServiceGrpc;
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
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Healthcare answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
class ContractExamplesTest {
  private static final ServiceDescriptor[] SERVICES = {
    HospitalServiceGrpc.getServiceDescriptor(),
    AppointmentServiceGrpc.getServiceDescriptor(),
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
  @Inject TestHospitals hospitals;
  @Inject FakeFamilies families;
  @Inject FakePayments payments;
  @Inject MutableClock clock;
  @Inject ParkedExamples parkedEvents;

  @BeforeEach
  void startOnAMonday() {
    service.await();
    clock.set(at(TODAY, "10:00"));
    await(hospitals.startAgain());
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  @Test
  void showsHospitals() {
    replay("healthcare/hospitals", SERVICES).run();
  }

  @Test
  void booksAppointments() {
    UUID child = families.child(UUID.fromString("0199a2c4-7d00-7000-8000-000000009201"));
    var replay = replay("healthcare/appointments", SERVICES);
    replay
        .where("0199a2c4-7d00-7000-8000-000000009211", child.toString())
        .before(
            "The fee is paid and the number is booked.",
            () -> payments.pay(replay.actual("0199a2c4-7d00-7000-8000-000000008212")))
        .before(
            "The child is here and has a place in the queue.",
            () -> clock.set(at(TODAY.plusDays(1), "07:30")))
        .before(
            "It is too late to give the number back.",
            () -> clock.set(at(TODAY.plusDays(1), "05:00")))
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
    assertThat(Coverage.ofDomain("healthcare").gaps(SERVICES)).isEmpty();
  }

  @Test
  void everyRpcIsTriedAsOthers() {
    assertThat(OwnershipCells.ofDomain("healthcare", SERVICES).gaps(WITHOUT_OBJECT)).isEmpty();
  }

  @Test
  void paymentsIsPlayedAsItAnswers() {
    replay("payments/orders-of-services", PaymentOrderServiceGrpc.getServiceDescriptor())
        .only("CreatePaymentOrder", "GetPaymentOrder", "ClosePaymentOrder", "RefundPaymentOrder")
        .run();
  }

  @Test
  void identityIsPlayedAsItAnswers() {
    UUID child = families.child(UUID.fromString("0199a2c4-7d00-7000-8000-000000009421"));
    replay("identity/dependants", DependantServiceGrpc.getServiceDescriptor())
        .where("0199a2c4-7d00-7000-8000-000000009422", child.toString())
        .only("CheckRelation")
        .run();
  }

  private Replay replay(String name, ServiceDescriptor... services) {
    return Replay.of(name, services).at(clock.instant());
  }
}
