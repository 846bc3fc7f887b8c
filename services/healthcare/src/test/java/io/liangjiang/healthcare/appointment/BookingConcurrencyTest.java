package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.fake.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.hospital.TestHospitals;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.reservation.ReservationBooks;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class BookingConcurrencyTest {
  private static final int CITIZENS = 50;
  private static final String MADE = "made";

  @Inject AppointmentPlay play;
  @Inject Database database;
  @Inject ReservationBooks books;

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
  void givesOneNumberToOneOfFiftyCitizens() {
    Slot slot = play.tomorrow(hospital + "-1", 0);

    var outcomes =
        together(
            Stream.generate(UUID::randomUUID)
                .limit(CITIZENS)
                .map(citizen -> play.tryBook(citizen, slot)));

    assertThat(outcomes).filteredOn(MADE::equals).hasSize(1);
    assertThat(outcomes).filteredOn("SLOT_BUSY"::equals).hasSize(CITIZENS - 1);
    assertThat(await(books.differences(database.client(), 1))).isEmpty();
  }

  @Test
  void keepsTheLimitOfADayWhenOnePatientBooksEverythingAtOnce() {
    UUID citizen = UUID.randomUUID();

    var outcomes =
        together(
            IntStream.rangeClosed(1, TestHospitals.DEPARTMENTS)
                .mapToObj(n -> play.tomorrow(hospital + "-" + n, 0))
                .map(slot -> play.tryBook(citizen, slot)));

    assertThat(outcomes).filteredOn(MADE::equals).hasSize(3);
    assertThat(outcomes).filteredOn("TOO_MANY_DEPARTMENTS"::equals).hasSize(2);
  }

  @Test
  void makesOneAppointmentOfARequestThatIsSentManyTimesAtOnce() {
    UUID citizen = UUID.randomUUID();
    var request = AppointmentPlay.request(play.tomorrow(hospital + "-1", 0), citizen);

    var answers =
        await(
            Multi.createFrom()
                .range(0, 10)
                .onItem()
                .transformToUni(n -> play.as(citizen).createAppointment(request))
                .merge()
                .collect()
                .asList());

    assertThat(answers)
        .extracting(Appointment::getAppointmentId)
        .containsOnly(answers.getFirst().getAppointmentId());
    assertThat(answers)
        .extracting(Appointment::getPaymentOrderId)
        .containsOnly(answers.getFirst().getPaymentOrderId());
  }

  private static List<String> together(Stream<Uni<Appointment>> bookings) {
    return await(
        Multi.createFrom()
            .iterable(bookings.toList())
            .onItem()
            .transformToUni(
                booking -> booking.replaceWith(MADE).onFailure().recoverWithItem(TestCalls::reason))
            .merge()
            .collect()
            .asList());
  }
}
