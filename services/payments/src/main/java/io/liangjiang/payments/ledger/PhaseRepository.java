package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerTransfer.Links;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The SQL of what only pending transfers and answers need; plain transfers never come here. */
@ApplicationScoped
class PhaseRepository {
  private static final String LINKS =
      """
      select wanted.id, own.answered_id, other.transfer_id, pending.expire_time
      from unnest($1::uuid[]) as wanted (id)
        left join transfer_answer own on own.transfer_id = wanted.id
        left join transfer_answer other on other.answered_id = wanted.id
        left join pending_transfer pending on pending.transfer_id = wanted.id
      """;
  private static final String RESERVE =
      """
      insert into pending_transfer (transfer_id, expire_time)
      select * from unnest($1::uuid[], $2::timestamptz[])
      """;
  private static final String ANSWER =
      """
      insert into transfer_answer (answered_id, transfer_id)
      select * from unnest($1::uuid[], $2::uuid[])
      """;
  private static final String SETTLE =
      "update pending_transfer set open = false where transfer_id = any ($1) and open";
  private static final String DUE =
      """
      select transfer_id from pending_transfer
      where open and expire_time <= $1 order by expire_time limit $2
      """;

  /** How transfers belong to others, by their ids. */
  Uni<Map<UUID, Links>> findLinks(SqlClient client, Collection<UUID> ids) {
    return client
        .preparedQuery(LINKS)
        .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
        .map(PhaseRepository::links);
  }

  /** Writes what the rows of transfers do not say. */
  Uni<Void> write(SqlClient tx, List<LedgerTransfer> booked) {
    var pending = booked.stream().filter(t -> t.kind() == Kind.PENDING).toList();
    var answers = booked.stream().filter(t -> t.links().answeredId() != null).toList();
    return reserve(tx, pending).chain(() -> answer(tx, answers)).chain(() -> settle(tx, answers));
  }

  /** Pending transfers whose time is up. */
  Uni<List<UUID>> due(SqlClient client, Instant now, int limit) {
    return client
        .preparedQuery(DUE)
        .execute(Tuple.of(ProtoTime.database(now), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(r -> r.getUUID(0)).toList());
  }

  private static Uni<Void> reserve(SqlClient tx, List<LedgerTransfer> pending) {
    if (pending.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var expireTimes =
        pending.stream()
            .map(transfer -> Objects.requireNonNull(transfer.links().expireTime()))
            .map(ProtoTime::database)
            .toArray(OffsetDateTime[]::new);
    return tx.preparedQuery(RESERVE)
        .execute(Tuple.from(List.of(ids(pending), expireTimes)))
        .replaceWithVoid();
  }

  private static Uni<Void> answer(SqlClient tx, List<LedgerTransfer> answers) {
    if (answers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(ANSWER)
        .execute(Tuple.from(List.of(answeredIds(answers), ids(answers))))
        .replaceWithVoid();
  }

  private static Uni<Void> settle(SqlClient tx, List<LedgerTransfer> answers) {
    if (answers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(SETTLE)
        .execute(Tuple.of((Object) answeredIds(answers)))
        .replaceWithVoid();
  }

  private static UUID[] ids(List<LedgerTransfer> transfers) {
    return transfers.stream().map(LedgerTransfer::id).toArray(UUID[]::new);
  }

  private static UUID[] answeredIds(List<LedgerTransfer> answers) {
    return answers.stream().map(transfer -> transfer.links().answeredId()).toArray(UUID[]::new);
  }

  private static Map<UUID, Links> links(RowSet<Row> rows) {
    Map<UUID, Links> links = new HashMap<>();
    for (Row row : rows) {
      OffsetDateTime expireTime = row.getOffsetDateTime(3);
      Instant expires = expireTime == null ? null : expireTime.toInstant();
      links.put(row.getUUID(0), new Links(row.getUUID(1), row.getUUID(2), expires));
    }
    return links;
  }
}
