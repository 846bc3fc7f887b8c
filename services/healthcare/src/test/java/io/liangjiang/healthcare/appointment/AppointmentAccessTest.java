package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.appointment.AppointmentPlay.cancel;
import static io.liangjiang.healthcare.appointment.AppointmentPlay.checkIn;
import static io.liangjiang.healthcare.appointment.AppointmentPlay.get;
import static io.liangjiang.healthcare.appointment.AppointmentPlay.request;
import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.liangjiang.healthcare.hospital.TestHospitals;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.AppointmentServiceGrpc;
import io.liangjiang.healthcare.v1.HospitalServiceGrpc;
import io.liangjiang.healthcare.v1.ListAppointmentsRequest;
import io.liangjiang.healthcare.v1.ListDepartmentsRequest;
import io.liangjiang.healthcare.v1.ListHospitalsRequest;
import io.liangjiang.healthcare.v1.ListSlotsRequest;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.platform.test.AccessMatrix;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may call what, and what is refused before anything happens. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class AppointmentAccessTest {
  private static final ListAppointmentsRequest ALL = ListAppointmentsRequest.getDefaultInstance();

  @Inject AppointmentPlay play;

  @ConfigProperty(name = "quarkus.grpc.clients.self.port")
  int port;

  private final UUID citizen = UUID.randomUUID();
  private String hospital = "";
  private Appointment appointment = Appointment.getDefaultInstance();
  private Slot slot = Slot.getDefaultInstance();

  @BeforeEach
  void bookANumber() {
    hospital = play.openHospital(0);
    slot = play.tomorrow(hospital + "-1", 1);
    appointment = play.book(citizen, play.slot(hospital + "-walk-in", TODAY, 2));
  }

  @AfterEach
  void reset() {
    play.reset();
  }

  @Test
  void everyRpcLetsInWhomItsContractNames() {
    AccessMatrix.check(
        HospitalServiceGrpc.getServiceDescriptor(),
        AppointmentServiceGrpc.getServiceDescriptor(),
        AccessRecordServiceGrpc.getServiceDescriptor(),
        ParkedEventServiceGrpc.getServiceDescriptor());
  }

  @Test
  void showsHospitalsWithoutAToken() {
    var channel = plainChannel();
    try {
      var anonymous = HospitalServiceGrpc.newBlockingStub(channel);
      var departments =
          anonymous.listDepartments(
              ListDepartmentsRequest.newBuilder().setHospitalId(hospital).build());
      var slots =
          anonymous.listSlots(
              ListSlotsRequest.newBuilder()
                  .setDepartmentId(slot.getDepartmentId())
                  .setDate(TODAY.plusDays(1).toString())
                  .build());

      assertThat(anonymous.listHospitals(ListHospitalsRequest.getDefaultInstance()))
          .satisfies(answer -> assertThat(answer.getHospitalsCount()).isPositive());
      assertThat(departments.getDepartmentsCount()).isEqualTo(TestHospitals.DEPARTMENTS + 1);
      assertThat(slots.getSlotsCount()).isEqualTo(TestHospitals.SLOTS);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void letsTheDeskReadAndCheckInOnly() {
    var desk = play.asDesk(hospital);

    assertThat(refusal(desk.createAppointment(request(slot, citizen))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(refusal(desk.listAppointments(ALL))).isEqualTo("PERMISSION_DENIED");
    assertThat(refusal(desk.cancelAppointment(cancel(appointment)))).isEqualTo("PERMISSION_DENIED");
    assertThat(await(desk.getAppointment(get(appointment))).getAppointmentId())
        .isEqualTo(appointment.getAppointmentId());
    assertThat(await(desk.checkInAppointment(checkIn(appointment))).getQueueNumber()).isOne();
  }

  @Test
  void wantsAProvenNameForBookingOnly() {
    var basic = play.with(TestTokens.citizen(citizen, AssuranceLevel.BASIC));

    assertThat(refusal(basic.createAppointment(request(slot, citizen))))
        .isEqualTo("ASSURANCE_LEVEL_TOO_LOW");
    assertThat(await(basic.listAppointments(ALL)).getAppointmentsList()).hasSize(1);
    assertThat(await(basic.getAppointment(get(appointment)))).isEqualTo(appointment);
  }

  @Test
  void hidesAppointmentsFromOtherCitizens() {
    var stranger = play.as(UUID.randomUUID());

    assertThat(refusal(stranger.getAppointment(get(appointment))))
        .isEqualTo("APPOINTMENT_NOT_FOUND");
    assertThat(refusal(stranger.cancelAppointment(cancel(appointment))))
        .isEqualTo("APPOINTMENT_NOT_FOUND");
    assertThat(refusal(stranger.checkInAppointment(checkIn(appointment))))
        .isEqualTo("APPOINTMENT_NOT_FOUND");
    assertThat(await(stranger.listAppointments(ALL)).getAppointmentsList()).isEmpty();
  }

  @Test
  void refusesIdsThatAreNone() {
    var me = play.as(citizen);
    var create = request(slot, citizen);

    assertThat(
            Stream.<Uni<?>>of(
                    me.createAppointment(create.toBuilder().setSlotId("1").build()),
                    me.createAppointment(create.toBuilder().setPatientId("").build()),
                    me.getAppointment(get(appointment).toBuilder().setAppointmentId("x").build()),
                    me.cancelAppointment(
                        cancel(appointment).toBuilder().setAppointmentId("").build()),
                    me.checkInAppointment(
                        checkIn(appointment).toBuilder().setAppointmentId("0").build()))
                .map(call -> refusal(call)))
        .containsOnly("INVALID_ARGUMENT");
  }

  @Test
  void refusesRequestIdsThatAreNone() {
    var me = play.as(citizen);

    assertThat(
            Stream.<Uni<?>>of(
                    me.createAppointment(
                        request(slot, citizen).toBuilder().setRequestId("").build()),
                    me.cancelAppointment(
                        cancel(appointment).toBuilder().setRequestId("again").build()),
                    me.checkInAppointment(
                        checkIn(appointment).toBuilder().clearRequestId().build()))
                .map(call -> refusal(call)))
        .containsOnly("INVALID_REQUEST_ID");
  }

  @Test
  void refusesAppointmentsThatAreNotThere() {
    var nowhere = appointment.toBuilder().setAppointmentId(UUID.randomUUID().toString()).build();
    var me = play.as(citizen);

    assertThat(
            Stream.<Uni<?>>of(
                    me.getAppointment(get(nowhere)),
                    me.cancelAppointment(cancel(nowhere)),
                    me.checkInAppointment(checkIn(nowhere)))
                .map(call -> refusal(call)))
        .containsOnly("APPOINTMENT_NOT_FOUND");
  }

  @Test
  void listsTheCallersAppointmentsNewestFirstPageByPage() {
    var second = play.book(citizen, slot);
    var me = play.as(citizen);

    var first = await(me.listAppointments(ALL.toBuilder().setPageSize(1).build()));
    var rest =
        await(
            me.listAppointments(
                ALL.toBuilder().setPageSize(1).setPageToken(first.getNextPageToken()).build()));

    assertThat(first.getAppointmentsList()).containsExactly(second);
    assertThat(rest.getAppointmentsList()).containsExactly(appointment);
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void refusesWrongPages() {
    var me = play.as(citizen);

    assertThat(refusal(me.listAppointments(ALL.toBuilder().setPageSize(-1).build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(me.listAppointments(ALL.toBuilder().setPageToken("YQ").build())))
        .isEqualTo("INVALID_PAGE_TOKEN");
  }

  /** A channel without the interceptor that adds the service's own token. */
  private ManagedChannel plainChannel() {
    return Grpc.newChannelBuilderForAddress("localhost", port, InsecureChannelCredentials.create())
        .build();
  }
}
