package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.bill.Bills;
import io.liangjiang.payments.ledger.Journal;
import io.liangjiang.payments.ledger.SystemAccounts;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.v1.ListReconciliationBreaksResponse;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Breaks, and what people do about them. */
@ApplicationScoped
public class Breaks {
  private final Database database;
  private final Idempotency idempotency;
  private final BreakRepository repository;
  private final Bills bills;
  private final SystemAccounts systemAccounts;
  private final Journal journal;
  private final InstantSource clock;

  Breaks(
      Database database,
      Idempotency idempotency,
      BreakRepository repository,
      Bills bills,
      SystemAccounts systemAccounts,
      Journal journal,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.repository = repository;
    this.bills = bills;
    this.systemAccounts = systemAccounts;
    this.journal = journal;
    this.clock = clock;
  }

  /** A page of breaks, newest first; the state may be unspecified and the day null for all. */
  public Uni<ListReconciliationBreaksResponse> list(
      State state, @Nullable LocalDate day, Page page) {
    return repository
        .list(database.client(), state, day, page)
        .map(
            rows ->
                BreakProto.list(
                    page.cut(
                        rows, one -> List.of(one.createTime().toString(), one.id().toString()))));
  }

  /** One break. Errors: BREAK_NOT_FOUND. */
  public Uni<ReconciliationBreak> get(UUID id) {
    return repository.find(database.client(), id).map(Breaks::one).map(BreakProto::of);
  }

  /** How many breaks of a day are open. */
  public Uni<Integer> openCount(SqlClient client, LocalDate day) {
    return repository.openCount(client, day);
  }

  /** Resolves a break. Errors: BREAK_NOT_FOUND, BREAK_NOT_OPEN, BREAK_NOT_ADJUSTABLE. */
  public Uni<ReconciliationBreak> resolve(
      Caller caller, ResolveReconciliationBreakRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        ReconciliationBreak.getDefaultInstance(),
        tx -> resolveOnce(tx, caller, request).map(BreakProto::of));
  }

  private Uni<Break> resolveOnce(
      SqlConnection tx, Caller caller, ResolveReconciliationBreakRequest request) {
    UUID id = UUID.fromString(request.getBreakId());
    return repository
        .find(tx, id)
        .map(Breaks::one)
        .chain(found -> bills.lock(tx, found.channel(), found.day()))
        .chain(() -> repository.lock(tx, id))
        .map(Breaks::one)
        .chain(
            open -> {
              requireOpen(open);
              return request.getResolution() == Resolution.ADJUSTING_ENTRY
                  ? adjust(tx, open, caller, request)
                  : note(tx, open, caller, request);
            });
  }

  private Uni<Break> note(
      SqlConnection tx, Break open, Caller caller, ResolveReconciliationBreakRequest request) {
    return repository.resolve(tx, decision(open, caller, request, null, 0));
  }

  /** Money that the bill has and the books have not is somebody's whom nobody knows yet. */
  private Uni<Break> adjust(
      SqlConnection tx, Break open, Caller caller, ResolveReconciliationBreakRequest request) {
    long minor = open.adjustmentMinor();
    if (minor == 0) {
      throw new ServiceException(
          PaymentsReason.BREAK_NOT_ADJUSTABLE, "no amount would put this break right");
    }
    UUID transferId = TimeOrderedId.next(clock);
    Uni<Long> channel = systemAccounts.collectedBy(tx, open.channel());
    Uni<Long> suspense = systemAccounts.suspenseOf(tx, open.channel());
    return journal
        .move(
            tx,
            minor > 0 ? channel : suspense,
            minor > 0 ? suspense : channel,
            (debit, credit) ->
                TransferReason.ADJUSTMENT.posting(transferId, debit, credit, Math.abs(minor)))
        .chain(() -> repository.resolve(tx, decision(open, caller, request, transferId, minor)));
  }

  private Decision decision(
      Break open,
      Caller caller,
      ResolveReconciliationBreakRequest request,
      @Nullable UUID transferId,
      long adjustedMinor) {
    return new Decision(
        open.id(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        caller.subject(),
        request.getNote(),
        transferId,
        adjustedMinor);
  }

  private static Break one(List<Break> found) {
    if (found.isEmpty()) {
      throw new ServiceException(PaymentsReason.BREAK_NOT_FOUND, "no such break");
    }
    return found.getFirst();
  }

  private static void requireOpen(Break found) {
    if (!found.isOpen()) {
      throw new ServiceException(PaymentsReason.BREAK_NOT_OPEN, "the break is not open any more")
          .with("state", found.state());
    }
  }
}
