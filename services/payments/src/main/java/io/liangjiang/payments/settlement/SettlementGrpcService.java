package io.liangjiang.payments.settlement;

import io.liangjiang.payments.merchant.MerchantRun.Failure;
import io.liangjiang.payments.v1.GetSettlementRequest;
import io.liangjiang.payments.v1.ListSettlementsRequest;
import io.liangjiang.payments.v1.ListSettlementsResponse;
import io.liangjiang.payments.v1.RunSettlementsRequest;
import io.liangjiang.payments.v1.RunSettlementsResponse;
import io.liangjiang.payments.v1.Settlement;
import io.liangjiang.payments.v1.SettlementService;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.UUID;

/** Settlements at the wire. */
@GrpcService
class SettlementGrpcService implements SettlementService {
  private static final int MAX_ID = 64;

  private final Settlements settlements;

  SettlementGrpcService(Settlements settlements) {
    this.settlements = settlements;
  }

  @Override
  public Uni<RunSettlementsResponse> runSettlements(RunSettlementsRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getMerchantId(), 0, MAX_ID, "merchant_id")
        .requireText(request.getAfterMerchantId(), 0, MAX_ID, "after_merchant_id")
        .throwIfAny();
    LocalDate date = SettlementProto.date(request.getDate(), settlements.today());
    var run =
        request.getMerchantId().isEmpty()
            ? settlements.runAll(date, request.getAfterMerchantId())
            : settlements.runOne(date, request.getMerchantId());
    return run.map(
        done ->
            RunSettlementsResponse.newBuilder()
                .addAllSettlements(done.made().stream().map(SettlementProto::settlement).toList())
                .addAllFailedMerchantIds(done.failures().stream().map(Failure::merchantId).toList())
                .setNextAfterMerchantId(done.nextAfter())
                .build());
  }

  @Override
  public Uni<Settlement> getSettlement(GetSettlementRequest request) {
    new Violations().requireUuid(request.getSettlementId(), "settlement_id").throwIfAny();
    return settlements
        .get(Caller.current(), UUID.fromString(request.getSettlementId()))
        .map(SettlementProto::settlement);
  }

  @Override
  public Uni<ListSettlementsResponse> listSettlements(ListSettlementsRequest request) {
    new Violations().requireText(request.getMerchantId(), 0, MAX_ID, "merchant_id").throwIfAny();
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return settlements
        .page(Caller.current(), request.getMerchantId(), page)
        .map(
            cut ->
                ListSettlementsResponse.newBuilder()
                    .addAllSettlements(
                        cut.items().stream().map(SettlementProto::settlement).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }
}
