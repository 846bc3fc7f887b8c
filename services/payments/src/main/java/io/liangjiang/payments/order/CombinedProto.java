package io.liangjiang.payments.order;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Between combined orders and their contract. */
final class CombinedProto {
  private static final int MIN_PARTS = 2;
  private static final int MAX_PARTS = 20;
  private static final int MAX_REFERENCE = 64;

  private CombinedProto() {}

  static void check(CreateCombinedOrderRequest request) {
    int count = request.getPartsCount();
    new Violations()
        .requireUuid(request.getPayerCitizenId(), "payer_citizen_id")
        .requireText(request.getBusinessReference(), 1, MAX_REFERENCE, "business_reference")
        .require(
            count >= MIN_PARTS && count <= MAX_PARTS,
            "parts",
            "must be " + MIN_PARTS + " to " + MAX_PARTS)
        .throwIfAny();
  }

  /** The parts as orders of their own would be asked for. */
  static List<CreatePaymentOrderRequest> parts(CreateCombinedOrderRequest request) {
    return request.getPartsList().stream()
        .map(
            part ->
                CreatePaymentOrderRequest.newBuilder()
                    .setPayerCitizenId(request.getPayerCitizenId())
                    .setMerchantId(part.getMerchantId())
                    .setBusinessReference(part.getBusinessReference())
                    .addAllLines(part.getLinesList())
                    .setExpireTime(request.getExpireTime())
                    .addAllShares(part.getSharesList())
                    .setShareOnRequest(part.getShareOnRequest())
                    .build())
        .toList();
  }

  /** The whole of its parts. Errors: INVALID_AMOUNT. */
  static CombinedOrder whole(
      UUID id, String createdBy, CreateCombinedOrderRequest request, List<Order> parts) {
    long sum = parts.stream().mapToLong(Order::amountMinor).sum();
    return new CombinedOrder(
        id,
        UUID.fromString(request.getPayerCitizenId()),
        null,
        createdBy,
        request.getBusinessReference(),
        Amounts.positiveMinor(Amounts.cny(sum), Amounts.MAX_MINOR),
        State.CREATED,
        Channel.CHANNEL_UNSPECIFIED,
        parts.getFirst().createTime(),
        parts.getFirst().expireTime(),
        null);
  }

  /** With what only the payer is told. */
  static io.liangjiang.payments.v1.CombinedOrder forPayer(
      io.liangjiang.payments.v1.CombinedOrder shown, CombinedOrder whole) {
    UUID delegateId = whole.delegateId();
    return delegateId == null
        ? shown
        : shown.toBuilder().setDelegateCitizenId(delegateId.toString()).build();
  }

  static io.liangjiang.payments.v1.CombinedOrder combinedOrder(
      CombinedOrder whole, List<Order> parts, Map<String, String> payParameters) {
    var proto =
        io.liangjiang.payments.v1.CombinedOrder.newBuilder()
            .setCombinedOrderId(whole.id().toString())
            .setPayerCitizenId(whole.payerId().toString())
            .setBusinessReference(whole.businessReference())
            .setAmount(Amounts.cny(whole.amountMinor()))
            .setState(whole.state())
            .setChannel(whole.channel())
            .putAllPayParameters(payParameters)
            .addAllParts(parts.stream().map(OrderProto::paymentOrder).toList())
            .setCreateTime(ProtoTime.timestamp(whole.createTime()))
            .setExpireTime(ProtoTime.timestamp(whole.expireTime()));
    Instant payTime = whole.payTime();
    return payTime == null ? proto.build() : proto.setPayTime(ProtoTime.timestamp(payTime)).build();
  }
}
