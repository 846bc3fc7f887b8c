package io.liangjiang.identity.organisation;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.Organisation;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;

/** The table organisation. */
@ApplicationScoped
public class Organisations {
  private static final String INSERT =
      """
      insert into organisation (organisation_id, display_name, kind, create_time)
      values ($1, $2, $3, $4) on conflict do nothing
      """;
  private static final String FIND = "select * from organisation where organisation_id = $1";
  private static final String LIST =
      "select * from organisation where organisation_id > $1 order by organisation_id limit $2";

  private final Database database;
  private final AuditRecords audit;
  private final InstantSource clock;

  Organisations(Database database, AuditRecords audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Errors: ORGANISATION_NOT_FOUND. */
  public Uni<Organisation> get(SqlClient client, String organisationId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(organisationId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new ServiceException(
                        IdentityReason.ORGANISATION_NOT_FOUND, "no such organisation")
                    .with("organisationId", organisationId);
              }
              return organisation(rows.iterator().next());
            });
  }

  /** Makes it known once. Errors: ORGANISATION_ID_TAKEN. */
  Uni<Organisation> create(Organisation wanted, String actor) {
    return database
        .inTransaction(tx -> insert(tx, wanted, actor))
        .map(
            found -> {
              boolean same =
                  found.getDisplayName().equals(wanted.getDisplayName())
                      && found.getKind() == wanted.getKind();
              if (!same) {
                throw new ServiceException(
                    IdentityReason.ORGANISATION_ID_TAKEN, "the id names another organisation");
              }
              return found;
            });
  }

  Uni<Page.Cut<Organisation>> list(Page page) {
    return database
        .client()
        .preparedQuery(LIST)
        .execute(Tuple.of(page.isFirst() ? "" : page.keyText(0), page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(Organisations::organisation)
                    .toList())
        .map(rows -> page.cut(rows, each -> List.of(each.getOrganisationId())));
  }

  private Uni<Organisation> insert(SqlConnection tx, Organisation wanted, String actor) {
    String id = wanted.getOrganisationId();
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                id,
                wanted.getDisplayName(),
                wanted.getKind().name(),
                ProtoTime.database(Columns.now(clock))))
        .chain(
            inserted ->
                inserted.rowCount() == 1
                    ? audit.append(tx, "organisation.created", actor, id, wanted.getKind().name())
                    : Uni.createFrom().voidItem())
        .chain(() -> get(tx, id));
  }

  private static Organisation organisation(Row row) {
    return Organisation.newBuilder()
        .setOrganisationId(row.getString("organisation_id"))
        .setDisplayName(row.getString("display_name"))
        .setKind(Organisation.Kind.valueOf(row.getString("kind")))
        .setCreateTime(ProtoTime.timestamp(row.getOffsetDateTime("create_time")))
        .build();
  }
}
