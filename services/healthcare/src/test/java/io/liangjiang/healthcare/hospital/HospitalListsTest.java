package io.liangjiang.healthcare.hospital;

import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.v1.Department;
import io.liangjiang.healthcare.v1.Hospital;
import io.liangjiang.healthcare.v1.HospitalService;
import io.liangjiang.healthcare.v1.ListDepartmentsRequest;
import io.liangjiang.healthcare.v1.ListHospitalsRequest;
import io.liangjiang.healthcare.v1.ListSlotsRequest;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class HospitalListsTest {
  private static final String CHILDREN = "chongqing-children-hospital";

  @GrpcClient("self")
  HospitalService hospitals;

  @Inject TestHospitals testHospitals;
  @Inject MutableClock clock;

  @BeforeEach
  void startTheProcess() {
    clock.set(at(TODAY, "10:00"));
    await(testHospitals.startAgain());
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  @Test
  void listsTheShippedHospitalsWithTheirRules() {
    var answer = await(hospitals.listHospitals(page(100)));

    Hospital children =
        answer.getHospitalsList().stream()
            .filter(hospital -> hospital.getHospitalId().equals(CHILDREN))
            .findFirst()
            .orElseThrow();
    assertThat(children.getName()).isEqualTo("重庆医科大学附属儿童医院");
    assertThat(children.getTimeZone()).isEqualTo("Asia/Shanghai");
    assertThat(children.getRules().getMaxDepartmentsADay()).isEqualTo(3);
    assertThat(children.getRules().getMaxAppointmentsADepartment()).isEqualTo(1);
    assertThat(children.getRules().getCancelUntilDayBefore()).isEqualTo("23:40");
    assertThat(children.getRules().getNoShowsForgiven()).isEqualTo(3);
    assertThat(children.getRules().getNoShowWindowDays()).isEqualTo(30);
    assertThat(children.getRules().getNoShowBlockDays()).isEqualTo(90);
    assertThat(answer.getHospitalsList())
        .extracting(Hospital::getHospitalId)
        .contains("liangjiang-general-hospital");
  }

  @Test
  void listsDepartmentsWithTheReleaseOfTheirNumbers() {
    var departments =
        await(hospitals.listDepartments(departments(CHILDREN, 0, ""))).getDepartmentsList();

    assertThat(departments)
        .extracting(Department::getKind)
        .contains(
            Department.Kind.GENERAL,
            Department.Kind.EXPERT,
            Department.Kind.SPECIAL,
            Department.Kind.CHILD_CARE,
            Department.Kind.DENTISTRY);
    assertThat(departments)
        .filteredOn(department -> department.getKind() == Department.Kind.SPECIAL)
        .allSatisfy(
            department -> {
              assertThat(department.getBookingRule().getSameDayOpenTime()).isEqualTo("07:00");
              assertThat(department.getBookingRule().getAdvanceOpenTime()).isEqualTo("19:00");
              assertThat(department.getBookingRule().getMinDaysAhead()).isEqualTo(1);
              assertThat(department.getBookingRule().getMaxDaysAhead()).isEqualTo(30);
            });
  }

  @Test
  void leadsThroughTheDepartmentsPageByPage() {
    String hospital = await(testHospitals.open(1000));
    var first = await(hospitals.listDepartments(departments(hospital, 4, "")));
    var second =
        await(hospitals.listDepartments(departments(hospital, 4, first.getNextPageToken())));

    assertThat(first.getDepartmentsList())
        .extracting(Department::getDepartmentId)
        .containsExactly(hospital + "-1", hospital + "-2", hospital + "-3", hospital + "-4");
    assertThat(second.getDepartmentsList())
        .extracting(Department::getDepartmentId)
        .containsExactly(hospital + "-5", hospital + "-walk-in");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void makesNoSecondSlotsWhenTheProcessStartsAgain() {
    assertThat(await(testHospitals.startAgain())).isZero();
  }

  @Test
  void makesTheSlotsOfANewDayOnly() {
    String hospital = await(testHospitals.open(1000));
    LocalDate last = TODAY.plusDays(30);
    assertThat(slots(hospital + "-1", last)).hasSize(TestHospitals.SLOTS);
    assertThat(slots(hospital + "-1", last.plusDays(1))).isEmpty();

    clock.set(at(TODAY.plusDays(1), "00:00"));
    await(testHospitals.startAgain());

    assertThat(slots(hospital + "-1", last)).hasSize(TestHospitals.SLOTS);
    assertThat(slots(hospital + "-1", last.plusDays(1))).hasSize(TestHospitals.SLOTS);
  }

  @Test
  void stopsMakingSlotsOfAScheduleThatTheFileNoLongerHas() {
    String hospital = await(testHospitals.open(1000));
    await(testHospitals.load(withoutDepartments(hospital)));
    clock.set(at(TODAY.plusDays(1), "00:00"));
    await(testHospitals.startAgain());

    assertThat(slots(hospital + "-1", TODAY.plusDays(30))).hasSize(TestHospitals.SLOTS);
    assertThat(slots(hospital + "-1", TODAY.plusDays(31))).isEmpty();
  }

  @Test
  void showsSlotsInTheHospitalsHoursWithFeeAndDoctor() {
    String hospital = await(testHospitals.open(1000));

    Slot first = slots(hospital + "-1", TODAY.plusDays(2)).getFirst();

    assertThat(first.getStartTime().getSeconds())
        .isEqualTo(at(TODAY.plusDays(2), "08:00").getEpochSecond());
    assertThat(first.getEndTime().getSeconds())
        .isEqualTo(at(TODAY.plusDays(2), "08:30").getEpochSecond());
    assertThat(first.getStatus()).isEqualTo(Slot.Status.FREE);
    assertThat(first.getRemaining()).isEqualTo(1);
    assertThat(first.getFee().getAmountMinor()).isEqualTo(1000);
    assertThat(first.getFee().getCurrencyCode()).isEqualTo("CNY");
    assertThat(first.getPractitionerId()).isEqualTo(hospital + "-1-p");
    assertThat(first.getPractitionerName()).startsWith("Doctor");
  }

  @Test
  void marksSlotsThatAreNotReleasedAsUnavailable() {
    String hospital = await(testHospitals.open(1000));

    Slot early = slots(hospital + "-1", TODAY.plusDays(8)).getFirst();
    Slot keptForDay = slots(hospital + "-1", TODAY.plusDays(1)).getLast();

    assertThat(early.getStatus()).isEqualTo(Slot.Status.BUSY_UNAVAILABLE);
    assertThat(early.getBookingOpenTime().getSeconds())
        .isEqualTo(at(TODAY.plusDays(1), "19:00").getEpochSecond());
    assertThat(keptForDay.getStatus()).isEqualTo(Slot.Status.BUSY_UNAVAILABLE);
    assertThat(keptForDay.getBookingOpenTime().getSeconds())
        .isEqualTo(at(TODAY.plusDays(1), "07:00").getEpochSecond());
  }

  @Test
  void leavesSlotsThatAreOverOut() {
    String hospital = await(testHospitals.open(1000));

    clock.set(at(TODAY, "09:45"));

    assertThat(slots(hospital + "-1", TODAY))
        .extracting(Slot::getStatus)
        .containsExactly(Slot.Status.BUSY_UNAVAILABLE, Slot.Status.FREE, Slot.Status.FREE);
  }

  @Test
  void leadsThroughTheSlotsPageByPage() {
    String hospital = await(testHospitals.open(1000));
    var request =
        ListSlotsRequest.newBuilder()
            .setDepartmentId(hospital + "-1")
            .setDate(TODAY.plusDays(2).toString())
            .setPageSize(4);
    var first = await(hospitals.listSlots(request.build()));
    var second = await(hospitals.listSlots(request.setPageToken(first.getNextPageToken()).build()));

    assertThat(first.getSlotsCount()).isEqualTo(4);
    assertThat(second.getSlotsCount()).isEqualTo(TestHospitals.SLOTS - 4);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:00", "03:00", "06:59", "07:00", "12:00", "19:00", "23:59"})
  void hasFreeNumbersAtAnyHourOfTheDay(String hour) {
    clock.set(at(TODAY, hour));

    for (int ahead = 1; ahead <= 6; ahead++) {
      assertThat(slots("cch-general-medicine", TODAY.plusDays(ahead)))
          .as("%d days ahead at %s", ahead, hour)
          .anyMatch(slot -> slot.getStatus() == Slot.Status.FREE);
    }
    assertThat(slots("lgh-walk-in", TODAY)).anyMatch(slot -> slot.getStatus() == Slot.Status.FREE);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(refusal(hospitals.listDepartments(departments("nowhere", 0, ""))))
        .isEqualTo("HOSPITAL_NOT_FOUND");
    assertThat(refusal(hospitals.listSlots(slotsRequest("nowhere", TODAY.toString()))))
        .isEqualTo("DEPARTMENT_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2027-02-30", "2027-3-1", "tomorrow", "2027-03-15T00:00", "12027-03-15"})
  void refusesADateThatIsNoDay(String date) {
    assertThat(refusal(hospitals.listSlots(slotsRequest("lgh-walk-in", date))))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void refusesWrongPagesAndIds() {
    assertThat(refusal(hospitals.listHospitals(page(-1)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(
            refusal(
                hospitals.listHospitals(
                    ListHospitalsRequest.newBuilder().setPageToken("!").build())))
        .isEqualTo("INVALID_PAGE_TOKEN");
    assertThat(refusal(hospitals.listDepartments(departments("", 0, ""))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(hospitals.listDepartments(departments(CHILDREN, -1, ""))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(hospitals.listSlots(slotsRequest("x".repeat(65), TODAY.toString()))))
        .isEqualTo("INVALID_ARGUMENT");
    var wrongToken = slotsRequest("lgh-walk-in", TODAY.toString()).toBuilder().setPageToken("YQ");
    assertThat(refusal(hospitals.listSlots(wrongToken.build()))).isEqualTo("INVALID_PAGE_TOKEN");
  }

  private List<Slot> slots(String departmentId, LocalDate date) {
    return await(hospitals.listSlots(slotsRequest(departmentId, date.toString()))).getSlotsList();
  }

  private static JsonObject withoutDepartments(String hospital) {
    return new JsonObject()
        .put("hospitalId", hospital)
        .put("name", "Closed")
        .put("address", "")
        .put("timeZone", "Asia/Shanghai")
        .put(
            "rules",
            new JsonObject()
                .put("maxDepartmentsADay", 1)
                .put("maxAppointmentsADepartment", 1)
                .put("noShowsForgiven", 1)
                .put("noShowWindowDays", 1)
                .put("noShowBlockDays", 1)
                .put("checkInOpensMinutesBefore", 0))
        .put("bookingRules", new JsonArray())
        .put("departments", new JsonArray());
  }

  private static ListHospitalsRequest page(int size) {
    return ListHospitalsRequest.newBuilder().setPageSize(size).build();
  }

  private static ListDepartmentsRequest departments(String hospital, int size, String token) {
    return ListDepartmentsRequest.newBuilder()
        .setHospitalId(hospital)
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }

  private static ListSlotsRequest slotsRequest(String department, String date) {
    return ListSlotsRequest.newBuilder().setDepartmentId(department).setDate(date).build();
  }
}
