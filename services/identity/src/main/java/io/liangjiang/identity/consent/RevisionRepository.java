package io.liangjiang.identity.consent;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The tables consent_chain and consent_revision; rows are added and never changed. */
@ApplicationScoped
class RevisionRepository {
  private static final String FIND_CITIZEN =
      "select 1 from citizen where citizen_id = $1 for key share";
  private static final String OPEN_CHAIN =
      """
      insert into consent_chain (chain_id, length, last_hash) values ($1, 0, $2)
      on conflict do nothing
      """;
  private static final String LOCK_CHAIN =
      "select * from consent_chain where chain_id = $1 for no key update";
  private static final String INSERT =
      """
      insert into consent_revision (chain_id, sequence, kind, object_id, revision, snapshot,
        authorized_by, revise_time, predecessor_hash, revision_hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;
  private static final String MOVE_HEAD =
      "update consent_chain set length = $2, last_hash = $3 where chain_id = $1";
  private static final String LATEST =
      """
      select * from consent_revision where chain_id = $1 and kind = $2 and object_id = $3
      order by revision desc limit 1
      """;
  private static final String FIND =
      """
      select * from consent_revision
      where chain_id = $1 and kind = $2 and object_id = $3 and revision = $4
      """;
  private static final String LIST_LATEST =
      """
      select distinct on (object_id) * from consent_revision
      where chain_id = $1 and kind = $2 and object_id > $3
      order by object_id, revision desc limit $4
      """;
  private static final String LIST_NEWEST_FIRST =
      """
      select * from consent_revision where chain_id = $1 and sequence < $2
      order by sequence desc limit $3
      """;
  private static final String WALK =
      """
      select c.chain_id as head_chain_id, c.length, c.last_hash, r.*
      from consent_chain c left join consent_revision r on r.chain_id = c.chain_id
      where (c.chain_id, coalesce(r.sequence, 0)) > ($1, $2)
      order by c.chain_id, r.sequence limit $3
      """;

  /** Whether there is such a citizen; the row stays until the transaction ends. */
  Uni<Boolean> isCitizen(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(FIND_CITIZEN)
        .execute(Tuple.of(citizenId))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The chain's head; nobody else adds to the chain until the transaction ends. */
  Uni<ChainWalk.Chain> lockChain(SqlConnection tx, String chainId) {
    return tx.preparedQuery(OPEN_CHAIN)
        .execute(Tuple.of(chainId, Columns.buffer(ChainedRevision.seed(chainId))))
        .chain(() -> tx.preparedQuery(LOCK_CHAIN).execute(Tuple.of(chainId)))
        .map(rows -> chain(chainId, rows.iterator().next()));
  }

  /** Adds a revision to the chain that is locked. */
  Uni<ChainedRevision> append(SqlConnection tx, ChainWalk.Chain head, Revision revision) {
    var chained = ChainedRevision.of(head.lastHash(), revision);
    var values =
        List.<Object>of(
            revision.chainId(),
            revision.sequence(),
            revision.kind().name(),
            revision.objectId(),
            revision.number(),
            revision.snapshot(),
            revision.authorizedBy(),
            ProtoTime.database(revision.time()),
            Columns.buffer(chained.predecessorHash()),
            Columns.buffer(chained.hash()));
    return tx.preparedQuery(INSERT)
        .execute(Tuple.from(values))
        .chain(
            () ->
                tx.preparedQuery(MOVE_HEAD)
                    .execute(
                        Tuple.of(
                            revision.chainId(),
                            revision.sequence(),
                            Columns.buffer(chained.hash()))))
        .replaceWith(chained);
  }

  Uni<Optional<ChainedRevision>> latest(
      SqlClient client, String chainId, Revision.Kind kind, String objectId) {
    return client
        .preparedQuery(LATEST)
        .execute(Tuple.of(chainId, kind.name(), objectId))
        .map(RevisionRepository::first);
  }

  Uni<Optional<ChainedRevision>> find(
      SqlClient client, String chainId, Revision.Kind kind, String objectId, int number) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(chainId, kind.name(), objectId, number))
        .map(RevisionRepository::first);
  }

  /** The latest revision of each object, by object id. */
  Uni<List<ChainedRevision>> listLatest(
      SqlClient client, String chainId, Revision.Kind kind, Page page) {
    String after = page.isFirst() ? "" : page.keyText(0);
    return client
        .preparedQuery(LIST_LATEST)
        .execute(Tuple.of(chainId, kind.name(), after, page.limit()))
        .map(RevisionRepository::all);
  }

  Uni<List<ChainedRevision>> listNewestFirst(SqlClient client, String chainId, Page page) {
    long before = page.isFirst() ? Long.MAX_VALUE : page.keyLong(0);
    return client
        .preparedQuery(LIST_NEWEST_FIRST)
        .execute(Tuple.of(chainId, before, page.limit()))
        .map(RevisionRepository::all);
  }

  /** The next steps of a walk over all chains, in one snapshot. */
  Uni<List<ChainWalk.Step>> walk(SqlClient client, String chainId, long sequence, int limit) {
    return client
        .preparedQuery(WALK)
        .execute(Tuple.of(chainId, sequence, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(RevisionRepository::step)
                    .toList());
  }

  private static ChainWalk.Step step(Row row) {
    var chain = chain(row.getString("head_chain_id"), row);
    return new ChainWalk.Step(chain, row.getLong("sequence") == null ? null : revision(row));
  }

  private static ChainWalk.Chain chain(String chainId, Row row) {
    return new ChainWalk.Chain(chainId, row.getLong("length"), Columns.bytes(row, "last_hash"));
  }

  private static Optional<ChainedRevision> first(RowSet<Row> rows) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(revision(iterator.next())) : Optional.empty();
  }

  private static List<ChainedRevision> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(RevisionRepository::revision)
        .toList();
  }

  private static ChainedRevision revision(Row row) {
    var revision =
        new Revision(
            row.getString("chain_id"),
            row.getLong("sequence"),
            Revision.Kind.valueOf(row.getString("kind")),
            row.getString("object_id"),
            row.getInteger("revision"),
            row.getString("snapshot"),
            row.getString("authorized_by"),
            Columns.instant(row, "revise_time"));
    return new ChainedRevision(
        revision, Columns.bytes(row, "predecessor_hash"), Columns.bytes(row, "revision_hash"));
  }
}
