package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.appointment.AppointmentPlay.checkIn;
import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class CheckInTest {
  private static final LocalDate TOMORROW = TODAY.plusDays(1);

  @GrpcClient("self")
  AccessRecordService accessRecords;

  @Inject AppointmentPlay play;
  @Inject Sweeps sweeps;
  @Inject MutableClock clock;

  private final UUID citizen = UUID.randomUUID();
  private String hospital = "";

  @BeforeEach
  void openAHospital() {
    hospital = play.openHospital(1000);
  }

  @AfterEach
  void reset() {
    play.reset();
  }

  @Test
  void letsThePatientInFromTwoHoursBeforeUntilTheSessionEnds() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 2));

    clock.set(at(TOMORROW, "06:59"));
    assertThat(refusal(play.as(citizen).checkInAppointment(checkIn(appointment))))
        .isEqualTo("CHECK_IN_NOT_OPEN");
    clock.set(at(TOMORROW, "11:00"));
    assertThat(refusal(play.as(citizen).checkInAppointment(checkIn(appointment))))
        .isEqualTo("CHECK_IN_CLOSED");
    clock.set(at(TOMORROW, "10:59"));
    var arrived = await(play.as(citizen).checkInAppointment(checkIn(appointment)));

    assertThat(arrived.getState()).isEqualTo(State.ARRIVED);
    assertThat(arrived.getQueueNumber()).isEqualTo(1);
    assertThat(arrived.getArriveTime().getSeconds())
        .isGreaterThanOrEqualTo(at(TOMORROW, "10:59").getEpochSecond());
  }

  @Test
  void givesTheSamePlaceToAPatientWhoChecksInAgain() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    clock.set(at(TOMORROW, "07:30"));
    var request = checkIn(appointment);

    var first = await(play.as(citizen).checkInAppointment(request));
    var replayed = await(play.as(citizen).checkInAppointment(request));
    var again = await(play.as(citizen).checkInAppointment(checkIn(appointment)));

    assertThat(replayed).isEqualTo(first);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void countsTheQueueOfADoctorsSessionInTheOrderOfArrival() {
    UUID other = UUID.randomUUID();
    var early = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    var late = play.bookAndPay(other, play.tomorrow(hospital + "-1", 1));
    var elsewhere = play.bookAndPay(other, play.tomorrow(hospital + "-2", 1));
    clock.set(at(TOMORROW, "07:45"));

    assertThat(arrive(other, late).getQueueNumber()).isEqualTo(1);
    assertThat(arrive(citizen, early).getQueueNumber()).isEqualTo(2);
    assertThat(arrive(other, elsewhere).getQueueNumber()).isEqualTo(1);
  }

  @Test
  void letsTheDeskCheckInAllDayButOnNoOtherDay() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    var desk = play.asDesk(hospital);

    assertThat(refusal(desk.checkInAppointment(checkIn(appointment))))
        .isEqualTo("CHECK_IN_NOT_OPEN");
    clock.set(at(TOMORROW, "23:30"));
    assertThat(await(desk.checkInAppointment(checkIn(appointment))).getState())
        .isEqualTo(State.ARRIVED);
  }

  @Test
  void leavesAnAccessRecordOfWhatTheDeskRead() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    clock.set(at(TOMORROW, "07:30"));
    var desk = play.asDesk(hospital);

    await(desk.getAppointment(AppointmentPlay.get(appointment)));
    await(desk.checkInAppointment(checkIn(appointment)));
    play.get(citizen, appointment);

    assertThat(recordsAbout(citizen))
        .hasSize(2)
        .allSatisfy(
            record -> {
              assertThat(record.getReaderSubject()).isEqualTo("staff-hospital-desk");
              assertThat(record.getDataKind()).isEqualTo("appointment");
              assertThat(record.getResourceId()).isEqualTo(appointment.getAppointmentId());
              assertThat(record.getPurpose()).isEqualTo("hospital desk");
            });
  }

  @Test
  void hidesAppointmentsOfOtherHospitalsFromTheDesk() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    var stranger = play.asDesk("another-hospital");

    assertThat(refusal(stranger.getAppointment(AppointmentPlay.get(appointment))))
        .isEqualTo("APPOINTMENT_NOT_FOUND");
    assertThat(refusal(stranger.checkInAppointment(checkIn(appointment))))
        .isEqualTo("APPOINTMENT_NOT_FOUND");
    assertThat(refusal(play.asDesk("").getAppointment(AppointmentPlay.get(appointment))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(recordsAbout(citizen)).isEmpty();
  }

  @Test
  void refusesWhoHasNotPaid() {
    var appointment = play.book(citizen, play.slot(hospital + "-1", TOMORROW, 0));
    clock.set(at(TODAY, "10:05"));

    assertThat(refusal(play.as(citizen).checkInAppointment(checkIn(appointment))))
        .isEqualTo("APPOINTMENT_NOT_BOOKED");
  }

  @Test
  void letsThePatientIntoTheWalkInClinicAtNight() {
    clock.set(at(TODAY, "03:00"));
    var appointment = play.book(citizen, play.slot(hospital + "-walk-in", TODAY, 0));

    assertThat(arrive(citizen, appointment).getState()).isEqualTo(State.ARRIVED);
  }

  @Test
  void countsAsSeenWhoArrivedWhenTheSessionIsOver() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    clock.set(at(TOMORROW, "07:30"));
    arrive(citizen, appointment);

    clock.set(at(TOMORROW, "10:59"));
    await(sweeps.sweep());
    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.ARRIVED);

    clock.set(at(TOMORROW, "11:00"));
    await(sweeps.sweep());
    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.FULFILLED);
  }

  private Appointment arrive(UUID who, Appointment appointment) {
    return await(play.as(who).checkInAppointment(checkIn(appointment)));
  }

  private List<AccessRecord> recordsAbout(UUID citizenId) {
    var asCitizen =
        TestCalls.as(accessRecords, TestTokens.citizen(citizenId, AssuranceLevel.BASIC));
    return await(asCitizen.listAccessRecords(ListAccessRecordsRequest.getDefaultInstance()))
        .getAccessRecordsList();
  }
}
