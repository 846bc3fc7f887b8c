package io.liangjiang.payments.order;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.mixed.MixedPayment;
import io.liangjiang.payments.mixed.MixedProto;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.LineKind;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between payment orders and their contract. */
final class OrderProto {
  private static final int MAX_LINES = 50;
  private static final int MAX_QUANTITY = 1_000;
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_REFERENCE = 64;
  private static final Duration SHORTEST = Duration.ofSeconds(50); // a minute, and a slow call
  private static final Duration LONGEST = Duration.ofHours(2).plusSeconds(10);

  private OrderProto() {}

  static Order order(UUID id, String createdBy, CreatePaymentOrderRequest request, Instant now) {
    return order(id, null, createdBy, request, now);
  }

  static Order order(
      UUID id,
      @Nullable UUID combinedOrderId,
      String createdBy,
      CreatePaymentOrderRequest request,
      Instant now) {
    check(request);
    List<Order.Line> lines = request.getLinesList().stream().map(OrderProto::line).toList();
    return new Order(
        id,
        combinedOrderId,
        UUID.fromString(request.getPayerCitizenId()),
        null,
        request.getMerchantId(),
        createdBy,
        request.getBusinessReference(),
        lines,
        sum(lines),
        0,
        0,
        State.CREATED,
        Channel.CHANNEL_UNSPECIFIED,
        now,
        expiry(request.getExpireTime(), now),
        null);
  }

  private static void check(CreatePaymentOrderRequest request) {
    int count = request.getLinesCount();
    var violations =
        new Violations()
            .requireUuid(request.getPayerCitizenId(), "payer_citizen_id")
            .requireText(request.getMerchantId(), 1, MAX_REFERENCE, "merchant_id")
            .requireText(request.getBusinessReference(), 1, MAX_REFERENCE, "business_reference")
            .require(count >= 1 && count <= MAX_LINES, "lines", "must be 1 to " + MAX_LINES);
    for (int i = 0; i < count; i++) {
      var line = request.getLines(i);
      int quantity = line.getQuantity();
      violations
          .requireText(line.getDescription(), 1, MAX_DESCRIPTION, "lines[" + i + "].description")
          .require(
              quantity >= 1 && quantity <= MAX_QUANTITY,
              "lines[" + i + "].quantity",
              "must be 1 to " + MAX_QUANTITY)
          .require(
              line.getKind() != LineKind.UNRECOGNIZED,
              "lines[" + i + "].kind",
              "is none of the contract's");
    }
    violations.throwIfAny();
  }

  private static Order.Line line(PaymentOrder.Line line) {
    long amountMinor =
        line.getAmount().getAmountMinor() == 0
            ? 0
            : Amounts.positiveMinor(line.getAmount(), Amounts.MAX_MINOR / MAX_LINES);
    return new Order.Line(line.getDescription(), line.getQuantity(), amountMinor, line.getKind());
  }

  private static long sum(List<Order.Line> lines) {
    long sum = lines.stream().mapToLong(Order.Line::signedMinor).sum();
    return Amounts.positiveMinor(Amounts.cny(sum), Amounts.MAX_MINOR);
  }

  private static Instant expiry(Timestamp timestamp, Instant now) {
    Instant expiry = ProtoTime.instant(timestamp);
    if (expiry.isBefore(now.plus(SHORTEST)) || expiry.isAfter(now.plus(LONGEST))) {
      throw new ServiceException(
              PaymentsReason.INVALID_EXPIRY, "must be 1 minute to 2 hours from now")
          .violation("expire_time", "must be 1 minute to 2 hours from now");
    }
    return expiry;
  }

  /** With what only the payer is told. */
  static PaymentOrder forPayer(PaymentOrder shown, Order order) {
    UUID delegateId = order.delegateId();
    return delegateId == null
        ? shown
        : shown.toBuilder().setDelegateCitizenId(delegateId.toString()).build();
  }

  static PaymentOrder paymentOrder(Order order) {
    return paymentOrder(order, new OpenPayments.Shown(Map.of(), null));
  }

  static PaymentOrder paymentOrder(Order order, OpenPayments.Shown shown) {
    var proto =
        PaymentOrder.newBuilder()
            .setPaymentOrderId(order.id().toString())
            .setPayerCitizenId(order.payerId().toString())
            .setMerchantId(order.merchantId())
            .setBusinessReference(order.businessReference())
            .addAllLines(order.lines().stream().map(OrderProto::line).toList())
            .setAmount(Amounts.cny(order.amountMinor()))
            .setRefundedAmount(Amounts.cny(order.refundedMinor()))
            .setState(order.state())
            .setChannel(order.channel())
            .putAllPayParameters(shown.payParameters())
            .setCreateTime(ProtoTime.timestamp(order.createTime()))
            .setExpireTime(ProtoTime.timestamp(order.expireTime()));
    UUID combinedOrderId = order.combinedOrderId();
    if (combinedOrderId != null) {
      proto.setCombinedOrderId(combinedOrderId.toString());
    }
    MixedPayment mixed = shown.mixed();
    if (mixed != null) {
      proto.setMixedPayment(MixedProto.mixedPayment(mixed));
    }
    Instant payTime = order.payTime();
    if (payTime != null) {
      proto.setPayTime(ProtoTime.timestamp(payTime));
    }
    return proto.build();
  }

  private static PaymentOrder.Line line(Order.Line line) {
    var proto =
        PaymentOrder.Line.newBuilder()
            .setDescription(line.description())
            .setQuantity(line.quantity())
            .setAmount(Amounts.cny(line.amountMinor()));
    return line.kind() == LineKind.LINE_KIND_UNSPECIFIED
        ? proto.build()
        : proto.setKind(line.kind()).build();
  }
}
