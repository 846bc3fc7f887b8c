package io.liangjiang.tourism.checkin;

import static io.liangjiang.platform.time.ProtoTime.database;

import io.liangjiang.platform.data.DatabaseErrors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL of gates and entries. */
final class CheckInRepository {
  private static final String GATE =
      """
      select g.site_id from gate g join site s using (site_id)
      where g.gate_id = $1 and s.operator_organisation_id = $2
      """;
  private static final String OF_READING =
      "select * from check_in where (gate_id = $1 and nonce = $2) or code_hash = $3";
  private static final String OF_TICKET = "select * from check_in where ticket_id = $1";
  private static final String INSERT =
      """
      insert into check_in (check_in_id, ticket_id, site_id, gate_id, nonce, code_hash,
        staff_subject, redeem_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private CheckInRepository() {}

  /** An entry as it is kept. */
  record Kept(UUID checkInId, UUID ticketId, CheckIn.Reading reading, Instant redeemTime) {}

  /** Site of a gate, if the organisation runs it. */
  static Uni<Optional<String>> siteOfGate(SqlClient client, String gateId, String organisation) {
    return client
        .preparedQuery(GATE)
        .execute(Tuple.of(gateId, organisation))
        .map(rows -> rows.stream().map(row -> row.getString("site_id")).findFirst());
  }

  /** Entries of the same reading, or by the same code: at most two. */
  static Uni<List<Kept>> of(SqlClient client, CheckIn.Reading reading) {
    return client
        .preparedQuery(OF_READING)
        .execute(Tuple.of(reading.gateId(), reading.nonce(), Buffer.buffer(reading.codeHash())))
        .map(rows -> rows.stream().map(CheckInRepository::kept).toList());
  }

  static Uni<Optional<Kept>> ofTicket(SqlClient client, UUID ticketId) {
    return client
        .preparedQuery(OF_TICKET)
        .execute(Tuple.of(ticketId))
        .map(rows -> rows.stream().map(CheckInRepository::kept).findFirst());
  }

  static Uni<Void> insert(SqlConnection tx, CheckIn checkIn, String staffSubject) {
    var reading = checkIn.reading();
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    checkIn.checkInId(),
                    checkIn.ticket().ticketId(),
                    reading.siteId(),
                    reading.gateId(),
                    reading.nonce(),
                    Buffer.buffer(reading.codeHash()),
                    staffSubject,
                    database(checkIn.redeemTime()))))
        .replaceWithVoid();
  }

  /** Whether another request of the same reading, or with the same code, came first. */
  static boolean isTaken(Throwable failure) {
    return DatabaseErrors.isUniqueViolation(failure, "check_in_once_a_reading")
        || DatabaseErrors.isUniqueViolation(failure, "check_in_once_a_code")
        || DatabaseErrors.isUniqueViolation(failure, "check_in_once_a_ticket");
  }

  private static Kept kept(Row row) {
    return new Kept(
        row.getUUID("check_in_id"),
        row.getUUID("ticket_id"),
        new CheckIn.Reading(
            row.getString("site_id"),
            row.getString("gate_id"),
            row.getString("nonce"),
            row.getBuffer("code_hash").getBytes()),
        row.getOffsetDateTime("redeem_time").toInstant());
  }
}
