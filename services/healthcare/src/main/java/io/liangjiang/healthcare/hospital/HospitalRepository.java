package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.slot.RuleRows;
import io.liangjiang.healthcare.v1.Department.Kind;
import io.liangjiang.platform.data.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/** Hospitals and departments in the database. */
@ApplicationScoped
class HospitalRepository {
  private static final String LIST_HOSPITALS =
      "select * from hospital where hospital_id > $1 order by hospital_id limit $2";
  private static final String HOSPITAL_EXISTS = "select 1 from hospital where hospital_id = $1";
  private static final String LIST_DEPARTMENTS =
      """
      select * from department d
      join booking_rule b on b.hospital_id = d.hospital_id and b.kind = d.kind
      where d.hospital_id = $1 and d.department_id > $2
      order by d.department_id limit $3
      """;

  Uni<List<Hospital>> listHospitals(SqlClient client, Page page) {
    return client
        .preparedQuery(LIST_HOSPITALS)
        .execute(Tuple.of(after(page), page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(HospitalRepository::hospital)
                    .toList());
  }

  Uni<Boolean> hospitalExists(SqlClient client, String hospitalId) {
    return client
        .preparedQuery(HOSPITAL_EXISTS)
        .execute(Tuple.of(hospitalId))
        .map(rows -> rows.size() == 1);
  }

  Uni<List<Department>> listDepartments(SqlClient client, String hospitalId, Page page) {
    return client
        .preparedQuery(LIST_DEPARTMENTS)
        .execute(Tuple.of(hospitalId, after(page), page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(HospitalRepository::department)
                    .toList());
  }

  /**
   * Writes what a file says of one hospital over what was there; schedules that it no longer has
   * go.
   */
  Uni<Void> load(SqlConnection tx, JsonObject file) {
    var whole = Tuple.of(file);
    return tx.query(HospitalFileSql.ONE_LOADER)
        .execute()
        .chain(() -> tx.preparedQuery(HospitalFileSql.HOSPITAL).execute(whole))
        .chain(() -> tx.preparedQuery(HospitalFileSql.BOOKING_RULES).execute(whole))
        .chain(() -> tx.preparedQuery(HospitalFileSql.DEPARTMENTS).execute(whole))
        .chain(() -> tx.preparedQuery(HospitalFileSql.PRACTITIONERS).execute(whole))
        .chain(() -> tx.preparedQuery(HospitalFileSql.FORGET_SCHEDULES).execute(whole))
        .chain(() -> tx.preparedQuery(HospitalFileSql.SCHEDULES).execute(whole))
        .replaceWithVoid();
  }

  private static String after(Page page) {
    return page.isFirst() ? "" : page.keyText(0);
  }

  private static Hospital hospital(Row row) {
    return new Hospital(
        row.getString("hospital_id"),
        row.getString("name"),
        row.getString("address"),
        row.getString("time_zone"),
        RuleRows.hospitalRules(row));
  }

  private static Department department(Row row) {
    return new Department(
        row.getString("department_id"),
        row.getString("hospital_id"),
        row.getString("name"),
        Kind.valueOf(row.getString("kind")),
        RuleRows.bookingRule(row));
  }
}
