package io.liangjiang.identity.staff;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table staff. */
@ApplicationScoped
class StaffRepository {
  private static final String FIND_BY_USERNAME = "select * from staff where username = $1";
  private static final String FIND = "select * from staff where staff_id = $1 and state = 'ACTIVE'";
  private static final String PUT_DEVELOPMENT =
      """
      insert into staff (staff_id, username, password_hash, roles, organisation_id, origin, create_time)
      values ($1, $2, $3, $4, $5, 'DEVELOPMENT', $6)
      on conflict (username) do update
        set password_hash = excluded.password_hash, roles = excluded.roles,
          organisation_id = excluded.organisation_id
        where staff.origin = 'DEVELOPMENT'
      """;
  private static final String DELETE_DEVELOPMENT = "delete from staff where origin = 'DEVELOPMENT'";

  /** A member, the hash of their password, and what keeps them from using it. */
  record WithPassword(
      StaffMember member, String passwordHash, boolean suspended, boolean mustChangePassword) {}

  private final Database database;

  StaffRepository(Database database) {
    this.database = database;
  }

  Uni<Optional<WithPassword>> findByUsername(String username) {
    return database
        .client()
        .preparedQuery(FIND_BY_USERNAME)
        .execute(Tuple.of(username))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(withPassword(rows.iterator().next())));
  }

  Uni<Optional<StaffMember>> find(UUID staffId) {
    return database
        .client()
        .preparedQuery(FIND)
        .execute(Tuple.of(staffId))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(withPassword(rows.iterator().next()).member()));
  }

  Uni<Void> putDevelopment(StaffMember member, String passwordHash, Instant now) {
    return database
        .client()
        .preparedQuery(PUT_DEVELOPMENT)
        .execute(
            Tuple.from(
                List.of(
                    member.id(),
                    member.username(),
                    passwordHash,
                    member.roles().toArray(String[]::new),
                    member.organisationId(),
                    ProtoTime.database(now))))
        .replaceWithVoid();
  }

  /** Deletes the development city's staff; answers how many there were. */
  Uni<Integer> deleteDevelopment() {
    return database.client().query(DELETE_DEVELOPMENT).execute().map(rows -> rows.rowCount());
  }

  private static WithPassword withPassword(Row row) {
    return new WithPassword(
        new StaffMember(
            row.getUUID("staff_id"),
            row.getString("username"),
            List.of(row.getArrayOfStrings("roles")),
            row.getString("organisation_id")),
        row.getString("password_hash"),
        row.getString("state").equals("SUSPENDED"),
        row.getBoolean("password_change_required"));
  }
}
