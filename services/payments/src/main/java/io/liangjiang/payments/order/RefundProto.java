package io.liangjiang.payments.order;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.time.ProtoTime;

/** Between refunds and their contract. */
final class RefundProto {
  private RefundProto() {}

  static Refund refund(OrderRefund refund) {
    var proto =
        Refund.newBuilder()
            .setRefundId(refund.id().toString())
            .setPaymentOrderId(refund.orderId().toString())
            .setAmount(Amounts.cny(refund.amountMinor()))
            .setState(refund.state())
            .setCreateTime(ProtoTime.timestamp(refund.createTime()));
    return refund.insuranceMinor() == 0
        ? proto.build()
        : proto.setInsuranceAmount(Amounts.cny(refund.insuranceMinor())).build();
  }
}
