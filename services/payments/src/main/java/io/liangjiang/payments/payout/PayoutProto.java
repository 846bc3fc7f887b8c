package io.liangjiang.payments.payout;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.merchant.MerchantRun;
import io.liangjiang.payments.v1.Payout;
import io.liangjiang.payments.v1.PayoutDestination;
import io.liangjiang.payments.v1.RunPayoutsResponse;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;

/** Between payouts and their contract. */
final class PayoutProto {
  private PayoutProto() {}

  static RunPayoutsResponse.Failure failure(MerchantRun.Failure failure) {
    return RunPayoutsResponse.Failure.newBuilder()
        .setMerchantId(failure.merchantId())
        .setReason(failure.reason())
        .setMessage(failure.message())
        .build();
  }

  static Payout payout(MerchantPayout payout) {
    var proto =
        Payout.newBuilder()
            .setPayoutId(payout.id().toString())
            .setMerchantId(payout.merchantId())
            .setSettlementId(payout.settlementId().toString())
            .setAmount(Amounts.cny(payout.amountMinor()))
            .setDestination(
                PayoutDestination.newBuilder()
                    .setBankCode(payout.account().bankCode())
                    .setAccountNumber(payout.account().maskedNumber())
                    .setAccountName(payout.account().name()))
            .setState(payout.state())
            .setBankReference(payout.bankReference())
            .setRefusal(payout.refusal())
            .setCreateTime(ProtoTime.timestamp(payout.createTime()));
    Instant endTime = payout.endTime();
    return endTime == null ? proto.build() : proto.setEndTime(ProtoTime.timestamp(endTime)).build();
  }
}
