package io.liangjiang.identity.erasure;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.identity.v1.ListErasuresResponse;
import io.liangjiang.identity.v1.ResumeErasureRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Erasures as who operates the city sees them: which are held by what, and on with them. */
@ApplicationScoped
public class ErasureOperations {
  private final ErasureRepository repository;
  private final AuditRecords audit;
  private final Idempotency idempotency;
  private final Database database;
  private final InstantSource clock;

  ErasureOperations(
      ErasureRepository repository,
      AuditRecords audit,
      Idempotency idempotency,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.audit = audit;
    this.idempotency = idempotency;
    this.database = database;
    this.clock = clock;
  }

  /**
   * A page, the newest first.
   *
   * @param state of those wanted; unspecified for all
   */
  public Uni<ListErasuresResponse> list(Erasure.State state, Page page) {
    String wanted = state == Erasure.State.STATE_UNSPECIFIED ? "" : state.name();
    return repository
        .list(database.client(), wanted, page)
        .map(rows -> page.cut(rows, e -> List.of(e.createTime().toString(), e.id().toString())))
        .chain(this::withSteps);
  }

  private Uni<ListErasuresResponse> withSteps(Page.Cut<Case> cut) {
    List<UUID> ids = cut.items().stream().map(Case::id).toList();
    return repository
        .steps(database.client(), ids)
        .map(
            steps ->
                ListErasuresResponse.newBuilder()
                    .addAllErasures(
                        cut.items().stream()
                            .map(each -> ErasureProto.forOperator(each, steps.of(each.id())))
                            .toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  /** Carries one on at once. Errors: ERASURE_NOT_FOUND, ERASURE_NOT_HELD, REQUEST_ID_REUSED. */
  public Uni<Erasure> resume(Caller caller, UUID erasureId, ResumeErasureRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        Erasure.getDefaultInstance(),
        tx -> resume(tx, caller, erasureId));
  }

  private Uni<Erasure> resume(SqlConnection tx, Caller caller, UUID erasureId) {
    Instant now = Columns.now(clock);
    return repository
        .find(tx, erasureId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(IdentityReason.ERASURE_NOT_FOUND, "no such erasure")))
        .invoke(found -> requireHeld(found, now))
        .call(() -> repository.resume(tx, erasureId, now))
        .call(
            found ->
                audit.append(
                    tx,
                    "erasure.resumed",
                    caller.subject(),
                    found.citizenId().toString(),
                    erasureId.toString()))
        .chain(() -> repository.lock(tx, erasureId))
        .chain(
            found ->
                repository
                    .steps(tx, List.of(erasureId))
                    .map(steps -> ErasureProto.forOperator(found, steps.of(erasureId))));
  }

  /** Before its time the citizen can cancel it, and nobody takes that time away. */
  private static void requireHeld(Case erasure, Instant now) {
    boolean isHeld =
        erasure.state() == Case.State.ERASING
            || (erasure.state() == Case.State.REQUESTED && !now.isBefore(erasure.beginTime()));
    if (!isHeld) {
      throw new ServiceException(
          IdentityReason.ERASURE_NOT_HELD, "the erasure can still be cancelled, or is over");
    }
  }
}
