package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.fake.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.AppointmentService;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mother books for her child, who has an own account. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ActingBookingTest {
  @Inject AppointmentPlay play;
  @Inject FakePayments payments;

  @GrpcClient("self")
  AccessRecordService records;

  private final UUID child = UUID.randomUUID();
  private final UUID mother = UUID.randomUUID();
  private String department;

  @BeforeEach
  void open() {
    department = play.openHospital(2_000) + "-1";
  }

  @AfterEach
  void reset() {
    play.reset();
  }

  private AppointmentService acting(String... powers) {
    var level = AssuranceLevel.REAL_NAME;
    return play.with(TestTokens.acting(child, mother, level, List.of(powers)));
  }

  private static String reason(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  @Test
  void theAppointmentIsTheChildsAndTheMotherPays() {
    var request =
        AppointmentPlay.request(play.tomorrow(department, 0), child).toBuilder()
            .setPaidByDelegate(true)
            .build();

    var appointment = await(acting("healthcare.book").createAppointment(request));

    assertThat(appointment.getCitizenId()).isEqualTo(child.toString());
    assertThat(appointment.getPatientId()).isEqualTo(child.toString());
    assertThat(appointment.getBookedBy()).isEqualTo(mother.toString());
    assertThat(appointment.getPayerId()).isEqualTo(mother.toString());
    assertThat(payments.order(appointment.getPaymentOrderId()).getPayerCitizenId())
        .isEqualTo(mother.toString());
    payments.pay(appointment.getPaymentOrderId());
    assertThat(play.get(child, appointment).getState()).isEqualTo(Appointment.State.BOOKED);
    assertThat(
            await(
                    TestCalls.as(records, TestTokens.citizen(child, AssuranceLevel.REAL_NAME))
                        .listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()))
                .getAccessRecordsList())
        .anySatisfy(
            record -> {
              assertThat(record.getReaderSubject()).isEqualTo(mother.toString());
              assertThat(record.getResourceId()).isEqualTo(appointment.getAppointmentId());
              assertThat(record.getPurpose()).isEqualTo("delegate: healthcare.book");
            });
  }

  @Test
  void withoutAskingTheChildPaysAndReadingIsAnotherPower() {
    var request = AppointmentPlay.request(play.tomorrow(department, 0), child);

    var appointment = await(acting("healthcare.book").createAppointment(request));

    assertThat(appointment.getPayerId()).isEqualTo(child.toString());
    var get = AppointmentPlay.get(appointment);
    assertThat(reason(acting("healthcare.book").getAppointment(get))).isEqualTo("POWER_NOT_GIVEN");
    assertThat(await(acting("healthcare.read_records").getAppointment(get))).isEqualTo(appointment);
  }

  @Test
  void nobodyElsePaysWhereNobodyActs() {
    var request =
        AppointmentPlay.request(play.tomorrow(department, 0), child).toBuilder()
            .setPaidByDelegate(true)
            .build();

    assertThat(reason(play.as(child).createAppointment(request))).isEqualTo("INVALID_ARGUMENT");
  }
}
