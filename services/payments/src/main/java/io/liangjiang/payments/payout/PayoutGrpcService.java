package io.liangjiang.payments.payout;

import io.liangjiang.payments.v1.GetPayoutRequest;
import io.liangjiang.payments.v1.ListPayoutsRequest;
import io.liangjiang.payments.v1.ListPayoutsResponse;
import io.liangjiang.payments.v1.Payout;
import io.liangjiang.payments.v1.PayoutService;
import io.liangjiang.payments.v1.RunPayoutsRequest;
import io.liangjiang.payments.v1.RunPayoutsResponse;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Payouts at the wire. */
@GrpcService
class PayoutGrpcService implements PayoutService {
  private static final int MAX_ID = 64;

  private final Payouts payouts;

  PayoutGrpcService(Payouts payouts) {
    this.payouts = payouts;
  }

  @Override
  public Uni<RunPayoutsResponse> runPayouts(RunPayoutsRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getMerchantId(), 0, MAX_ID, "merchant_id")
        .requireText(request.getAfterMerchantId(), 0, MAX_ID, "after_merchant_id")
        .throwIfAny();
    var run =
        request.getMerchantId().isEmpty()
            ? payouts.runAll(request.getAfterMerchantId())
            : payouts.runOne(request.getMerchantId());
    return run.map(
        done ->
            RunPayoutsResponse.newBuilder()
                .addAllPayouts(done.made().stream().map(PayoutProto::payout).toList())
                .addAllFailures(done.failures().stream().map(PayoutProto::failure).toList())
                .setNextAfterMerchantId(done.nextAfter())
                .build());
  }

  @Override
  public Uni<Payout> getPayout(GetPayoutRequest request) {
    new Violations().requireUuid(request.getPayoutId(), "payout_id").throwIfAny();
    return payouts
        .get(Caller.current(), UUID.fromString(request.getPayoutId()))
        .map(PayoutProto::payout);
  }

  @Override
  public Uni<ListPayoutsResponse> listPayouts(ListPayoutsRequest request) {
    new Violations().requireText(request.getMerchantId(), 0, MAX_ID, "merchant_id").throwIfAny();
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return payouts
        .page(Caller.current(), request.getMerchantId(), page)
        .map(
            cut ->
                ListPayoutsResponse.newBuilder()
                    .addAllPayouts(cut.items().stream().map(PayoutProto::payout).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }
}
