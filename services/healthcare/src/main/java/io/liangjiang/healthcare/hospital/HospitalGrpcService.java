package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.slot.Slots;
import io.liangjiang.healthcare.v1.HospitalService;
import io.liangjiang.healthcare.v1.ListDepartmentsRequest;
import io.liangjiang.healthcare.v1.ListDepartmentsResponse;
import io.liangjiang.healthcare.v1.ListHospitalsRequest;
import io.liangjiang.healthcare.v1.ListHospitalsResponse;
import io.liangjiang.healthcare.v1.ListSlotsRequest;
import io.liangjiang.healthcare.v1.ListSlotsResponse;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The public lists at the wire. */
@GrpcService
class HospitalGrpcService implements HospitalService {
  private static final int MAX_ID_LENGTH = 64;
  private static final int DEPARTMENTS_A_PAGE = 50;
  private static final int SLOTS_A_PAGE = 100;
  private static final int DATE_LENGTH = 10;

  private final Hospitals hospitals;
  private final Slots slots;

  HospitalGrpcService(Hospitals hospitals, Slots slots) {
    this.hospitals = hospitals;
    this.slots = slots;
  }

  @Override
  public Uni<ListHospitalsResponse> listHospitals(ListHospitalsRequest request) {
    return hospitals.list(Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<ListDepartmentsResponse> listDepartments(ListDepartmentsRequest request) {
    new Violations()
        .requireText(request.getHospitalId(), 1, MAX_ID_LENGTH, "hospital_id")
        .throwIfAny();
    int pageSize = request.getPageSize() == 0 ? DEPARTMENTS_A_PAGE : request.getPageSize();
    return hospitals.listDepartments(
        request.getHospitalId(), Page.of(pageSize, request.getPageToken()));
  }

  @Override
  public Uni<ListSlotsResponse> listSlots(ListSlotsRequest request) {
    var date = date(request.getDate());
    new Violations()
        .requireText(request.getDepartmentId(), 1, MAX_ID_LENGTH, "department_id")
        .require(date.isPresent(), "date", "must be a day, YYYY-MM-DD")
        .throwIfAny();
    int pageSize = request.getPageSize() == 0 ? SLOTS_A_PAGE : request.getPageSize();
    var page = Page.of(pageSize, request.getPageToken());
    return slots.list(request.getDepartmentId(), date.orElseThrow(), page);
  }

  private static Optional<LocalDate> date(String text) {
    if (text.length() != DATE_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
