package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.healthcare.v1.ListDepartmentsResponse;
import io.liangjiang.healthcare.v1.ListHospitalsResponse;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Shows hospitals and departments. */
@ApplicationScoped
class Hospitals {
  private final Database database;
  private final HospitalRepository repository;

  Hospitals(Database database, HospitalRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** A page of the hospitals. */
  Uni<ListHospitalsResponse> list(Page page) {
    return repository
        .listHospitals(database.client(), page)
        .map(hospitals -> page.cut(hospitals, hospital -> List.of(hospital.hospitalId())))
        .map(
            cut ->
                ListHospitalsResponse.newBuilder()
                    .addAllHospitals(cut.items().stream().map(HospitalProto::toProto).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  /** A page of one hospital's departments. Errors: HOSPITAL_NOT_FOUND. */
  Uni<ListDepartmentsResponse> listDepartments(String hospitalId, Page page) {
    return repository
        .hospitalExists(database.client(), hospitalId)
        .invoke(Hospitals::requireHospital)
        .chain(() -> repository.listDepartments(database.client(), hospitalId, page))
        .map(departments -> page.cut(departments, d -> List.of(d.departmentId())))
        .map(
            cut ->
                ListDepartmentsResponse.newBuilder()
                    .addAllDepartments(cut.items().stream().map(HospitalProto::toProto).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  private static void requireHospital(boolean exists) {
    if (!exists) {
      throw new ServiceException(HealthcareReason.HOSPITAL_NOT_FOUND, "there is no such hospital");
    }
  }
}
