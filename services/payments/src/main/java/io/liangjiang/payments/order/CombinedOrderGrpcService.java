package io.liangjiang.payments.order;

import io.liangjiang.payments.v1.CloseCombinedOrderRequest;
import io.liangjiang.payments.v1.CombinedOrder;
import io.liangjiang.payments.v1.CombinedOrderService;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.GetCombinedOrderRequest;
import io.liangjiang.payments.v1.PayCombinedOrderRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Combined orders at the wire. */
@GrpcService
class CombinedOrderGrpcService implements CombinedOrderService {
  private final CombinedOrders orders;
  private final CombinedPayments payments;

  CombinedOrderGrpcService(CombinedOrders orders, CombinedPayments payments) {
    this.orders = orders;
    this.payments = payments;
  }

  @Override
  public Uni<CombinedOrder> createCombinedOrder(CreateCombinedOrderRequest request) {
    CombinedProto.check(request);
    return orders.create(Caller.current(), request);
  }

  @Override
  public Uni<CombinedOrder> getCombinedOrder(GetCombinedOrderRequest request) {
    return orders.read(Caller.current(), id(request.getCombinedOrderId()));
  }

  @Override
  public Uni<CombinedOrder> payCombinedOrder(PayCombinedOrderRequest request) {
    var unused = id(request.getCombinedOrderId());
    return payments.pay(Caller.current(), request);
  }

  @Override
  public Uni<CombinedOrder> closeCombinedOrder(CloseCombinedOrderRequest request) {
    var unused = id(request.getCombinedOrderId());
    return orders.close(Caller.current(), request);
  }

  private static UUID id(String text) {
    new Violations().requireUuid(text, "combined_order_id").throwIfAny();
    return UUID.fromString(text);
  }
}
