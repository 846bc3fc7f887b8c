package io.liangjiang.payments.closing;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.reconcile.Breaks;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.CloseBusinessDayRequest;
import io.liangjiang.payments.v1.GetBusinessDayRequest;
import io.liangjiang.payments.v1.GetReconciliationBreakRequest;
import io.liangjiang.payments.v1.ImportBillsRequest;
import io.liangjiang.payments.v1.ListBusinessDaysRequest;
import io.liangjiang.payments.v1.ListBusinessDaysResponse;
import io.liangjiang.payments.v1.ListReconciliationBreaksRequest;
import io.liangjiang.payments.v1.ListReconciliationBreaksResponse;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationService;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest;
import io.liangjiang.payments.v1.ResolveReconciliationBreakRequest.Resolution;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The reconciliation at the wire. */
@GrpcService
class ReconciliationGrpcService implements ReconciliationService {
  private static final int MAX_NOTE = 500;

  private final BusinessDays days;
  private final Closings closings;
  private final Breaks breaks;

  ReconciliationGrpcService(BusinessDays days, Closings closings, Breaks breaks) {
    this.days = days;
    this.closings = closings;
    this.breaks = breaks;
  }

  @Override
  public Uni<ListBusinessDaysResponse> listBusinessDays(ListBusinessDaysRequest request) {
    new Violations()
        .require(request.getState() != BusinessDay.State.UNRECOGNIZED, "state", "must be known")
        .throwIfAny();
    return days.list(request.getState(), Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<BusinessDay> getBusinessDay(GetBusinessDayRequest request) {
    return days.get(BusinessDate.parse(request.getBusinessDate(), "business_date"));
  }

  @Override
  public Uni<BusinessDay> importBills(ImportBillsRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    return days.importBills(BusinessDate.parse(request.getBusinessDate(), "business_date"));
  }

  @Override
  public Uni<BusinessDay> closeBusinessDay(CloseBusinessDayRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    var date = BusinessDate.parse(request.getBusinessDate(), "business_date");
    return closings.close(Caller.current(), request, date);
  }

  @Override
  public Uni<ListReconciliationBreaksResponse> listReconciliationBreaks(
      ListReconciliationBreaksRequest request) {
    new Violations()
        .require(
            request.getState() != ReconciliationBreak.State.UNRECOGNIZED, "state", "must be known")
        .throwIfAny();
    var day =
        request.getBusinessDate().isEmpty()
            ? null
            : BusinessDate.parse(request.getBusinessDate(), "business_date");
    return breaks.list(
        request.getState(), day, Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<ReconciliationBreak> getReconciliationBreak(GetReconciliationBreakRequest request) {
    new Violations().requireUuid(request.getBreakId(), "break_id").throwIfAny();
    return breaks.get(UUID.fromString(request.getBreakId()));
  }

  @Override
  public Uni<ReconciliationBreak> resolveReconciliationBreak(
      ResolveReconciliationBreakRequest request) {
    new Violations()
        .requireUuid(request.getBreakId(), "break_id")
        .require(
            request.getResolution() == Resolution.NOTE
                || request.getResolution() == Resolution.ADJUSTING_ENTRY,
            "resolution",
            "must be NOTE or ADJUSTING_ENTRY")
        .requireText(request.getNote(), 1, MAX_NOTE, "note")
        .throwIfAny();
    return breaks.resolve(Caller.current(), request);
  }
}
