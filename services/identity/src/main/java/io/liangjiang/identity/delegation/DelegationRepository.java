package io.liangjiang.identity.delegation;

import io.liangjiang.identity.delegation.Delegation.Basis;
import io.liangjiang.identity.delegation.Delegation.Parties;
import io.liangjiang.identity.delegation.Delegation.Times;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table delegation. */
@ApplicationScoped
class DelegationRepository {
  private static final String SELECT =
      """
      select d.*, c.display_name as citizen_name, coalesce(g.display_name, '') as delegate_name
      from delegation d join citizen c on c.citizen_id = d.citizen_id
        left join citizen g on g.citizen_id = d.delegate_id
      """;
  private static final String LOCK_CITIZEN =
      "select 1 from citizen where citizen_id = $1 for no key update";
  private static final String COUNT_LIVE =
      """
      select count(*) from delegation
      where citizen_id = $1 and ended_time is null and coalesce(end_time, $2) >= $2
        and (delegate_id is not null or offer_expire_time > $2)
      """;
  private static final String INSERT_OFFER =
      """
      insert into delegation (delegation_id, citizen_id, basis, powers, request_id, request_sha256,
        code_hash, offer_expire_time, start_time, end_time, create_time)
      values ($1, $2, 'GIVEN', $3, $4, $5, $6, $7, $8, $9, $10)
      """;
  private static final String INSERT_BY_LAW =
      """
      insert into delegation (delegation_id, citizen_id, delegate_id, basis, powers, start_time,
        create_time)
      values ($1, $2, $3, 'PARENT_BY_LAW', $4, $5, $5) on conflict do nothing
      """;
  private static final String BY_REQUEST = SELECT + "where d.citizen_id = $1 and d.request_id = $2";
  private static final String BY_CODE = SELECT + "where d.code_hash = $1 for update of d";
  private static final String LIVE_BY_LAW =
      SELECT
          + """
          where d.citizen_id = $1 and d.delegate_id = $2 and d.basis = 'PARENT_BY_LAW'
            and d.ended_time is null
          """;
  private static final String OF_EITHER =
      SELECT + "where d.delegation_id = $1 and (d.citizen_id = $2 or d.delegate_id = $2)";
  private static final String LIVE_OF_EITHER =
      SELECT
          + """
          where $1 in (d.citizen_id, d.delegate_id) and d.ended_time is null
          order by d.delegation_id for update of d
          """;
  private static final String ACCEPT =
      "update delegation set delegate_id = $2 where delegation_id = $1";
  private static final String CONSENT =
      """
      update delegation set consented_powers = $2, revision = revision + 1
      where delegation_id = $1
      """;
  private static final String END =
      "update delegation set ended_time = $2, ended_by = $3 where delegation_id = $1";
  private static final String PAGE =
      """
       = $1 and coalesce(d.ended_time, d.end_time, d.create_time) > $2
        and (d.create_time, d.delegation_id) < ($3, $4)
      order by d.create_time desc, d.delegation_id desc limit $5
      """;
  private static final String GIVEN = SELECT + "where d.citizen_id" + PAGE;
  private static final String HELD = SELECT + "where d.delegate_id" + PAGE;
  private static final UUID LAST_ID = new UUID(-1, -1);

  /** Keeps other offers of the citizen out; false when there is no such citizen. */
  Uni<Boolean> lockCitizen(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(LOCK_CITIZEN)
        .execute(Tuple.of(citizenId))
        .map(rows -> rows.rowCount() == 1);
  }

  Uni<Long> countLive(SqlConnection tx, UUID citizenId, Instant now) {
    return tx.preparedQuery(COUNT_LIVE)
        .execute(Tuple.of(citizenId, ProtoTime.database(now)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<Void> insert(SqlConnection tx, Offer offer) {
    var times = offer.times();
    var row = Tuple.tuple();
    row.addUUID(offer.id()).addUUID(offer.citizenId()).addArrayOfString(array(offer.powers()));
    row.addUUID(offer.requestId()).addValue(Columns.buffer(offer.requestSha256()));
    row.addValue(Columns.buffer(offer.codeHash()));
    for (Instant time :
        new Instant[] {times.offerExpires(), times.start(), times.end(), times.created()}) {
      row.addOffsetDateTime(time == null ? null : ProtoTime.database(time));
    }
    return tx.preparedQuery(INSERT_OFFER).execute(row).replaceWithVoid();
  }

  /** Keeps it, unless the two have one that lives. */
  Uni<Void> insertByLaw(
      SqlConnection tx, UUID childId, UUID parentId, List<String> powers, Instant now) {
    return tx.preparedQuery(INSERT_BY_LAW)
        .execute(
            Tuple.of(UUID.randomUUID(), childId, parentId, array(powers), ProtoTime.database(now)))
        .replaceWithVoid();
  }

  /** The offer of a request; the hash says whether it was the same request. */
  Uni<Optional<Delegation>> byRequest(
      SqlConnection tx, UUID citizenId, UUID requestId, byte[] requestSha256) {
    return tx.preparedQuery(BY_REQUEST)
        .execute(Tuple.of(citizenId, requestId))
        .map(
            rows -> {
              for (Row row : rows) {
                if (!MessageDigest.isEqual(Columns.bytes(row, "request_sha256"), requestSha256)) {
                  throw Refusals.requestIdReused();
                }
              }
              return first(rows);
            });
  }

  Uni<Optional<Delegation>> lockByCode(SqlConnection tx, byte[] codeHash) {
    return tx.preparedQuery(BY_CODE)
        .execute(Tuple.of(Columns.buffer(codeHash)))
        .map(DelegationRepository::first);
  }

  Uni<Optional<Delegation>> liveByLaw(SqlClient client, UUID childId, UUID parentId) {
    return client
        .preparedQuery(LIVE_BY_LAW)
        .execute(Tuple.of(childId, parentId))
        .map(DelegationRepository::first);
  }

  /** One that the citizen gave or holds. */
  Uni<Optional<Delegation>> find(SqlClient client, UUID delegationId, UUID citizenId) {
    return client
        .preparedQuery(OF_EITHER)
        .execute(Tuple.of(delegationId, citizenId))
        .map(DelegationRepository::first);
  }

  /** One that the citizen gave or holds, kept from changing until the transaction ends. */
  Uni<Optional<Delegation>> lock(SqlConnection tx, UUID delegationId, UUID citizenId) {
    return tx.preparedQuery(OF_EITHER + " for update of d")
        .execute(Tuple.of(delegationId, citizenId))
        .map(DelegationRepository::first);
  }

  /** All that the citizen gave or holds and nobody has ended, kept from changing. */
  Uni<List<Delegation>> lockLive(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(LIVE_OF_EITHER)
        .execute(Tuple.of(citizenId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(DelegationRepository::read)
                    .toList());
  }

  Uni<Void> accept(SqlConnection tx, UUID delegationId, UUID delegateId) {
    return tx.preparedQuery(ACCEPT).execute(Tuple.of(delegationId, delegateId)).replaceWithVoid();
  }

  /** Sets what the child consents to; tokens given before are of the past. */
  Uni<Void> consent(SqlConnection tx, UUID delegationId, List<String> powers) {
    return tx.preparedQuery(CONSENT)
        .execute(Tuple.of(delegationId, array(powers)))
        .replaceWithVoid();
  }

  Uni<Void> end(SqlConnection tx, UUID delegationId, Instant now, UUID by) {
    return tx.preparedQuery(END)
        .execute(Tuple.of(delegationId, ProtoTime.database(now), by))
        .replaceWithVoid();
  }

  /** What the citizen gave, newest first, one more than the page wants. */
  Uni<List<Delegation>> given(SqlClient client, UUID citizenId, Page page, Instant endedAfter) {
    return list(client, GIVEN, citizenId, page, endedAfter);
  }

  /** What the citizen holds, newest first, one more than the page wants. */
  Uni<List<Delegation>> held(SqlClient client, UUID citizenId, Page page, Instant endedAfter) {
    return list(client, HELD, citizenId, page, endedAfter);
  }

  private static Uni<List<Delegation>> list(
      SqlClient client, String sql, UUID citizenId, Page page, Instant endedAfter) {
    Instant before = page.isFirst() ? Standing.END_OF_TIME : page.keyInstant(0);
    UUID beforeId = page.isFirst() ? LAST_ID : page.keyUuid(1);
    return client
        .preparedQuery(sql)
        .execute(
            Tuple.of(
                citizenId,
                ProtoTime.database(endedAfter),
                ProtoTime.database(before),
                beforeId,
                page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(DelegationRepository::read)
                    .toList());
  }

  private static Optional<Delegation> first(RowSet<Row> rows) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(read(iterator.next())) : Optional.empty();
  }

  private static Delegation read(Row row) {
    return new Delegation(
        row.getUUID("delegation_id"),
        new Parties(
            row.getUUID("citizen_id"),
            row.getString("citizen_name"),
            row.getUUID("delegate_id"),
            row.getString("delegate_name")),
        Basis.valueOf(row.getString("basis")),
        List.of(row.getArrayOfStrings("powers")),
        List.of(row.getArrayOfStrings("consented_powers")),
        row.getInteger("revision"),
        new Times(
            Columns.instantOrNull(row, "offer_expire_time"),
            Columns.instant(row, "start_time"),
            Columns.instantOrNull(row, "end_time"),
            Columns.instant(row, "create_time"),
            Columns.instantOrNull(row, "ended_time")));
  }

  private static String[] array(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
