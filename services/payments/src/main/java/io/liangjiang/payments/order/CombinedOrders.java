package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CloseCombinedOrderRequest;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Creates, reads and closes combined orders with their parts. */
@ApplicationScoped
class CombinedOrders {
  private final Database database;
  private final Idempotency idempotency;
  private final CombinedOrderRepository repository;
  private final OrderRepository parts;
  private final Orders orders;
  private final OpenPayments openPayments;
  private final InstantSource clock;

  CombinedOrders(
      Database database,
      Idempotency idempotency,
      CombinedOrderRepository repository,
      OrderRepository parts,
      Orders orders,
      OpenPayments openPayments,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.repository = repository;
    this.parts = parts;
    this.orders = orders;
    this.openPayments = openPayments;
    this.clock = clock;
  }

  /** Creates one with all of its parts. Errors: as {@link Orders#create}, for each part. */
  Uni<io.liangjiang.payments.v1.CombinedOrder> create(
      Caller caller, CreateCombinedOrderRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        io.liangjiang.payments.v1.CombinedOrder.getDefaultInstance(),
        tx -> insert(tx, caller, request));
  }

  private Uni<io.liangjiang.payments.v1.CombinedOrder> insert(
      SqlConnection tx, Caller caller, CreateCombinedOrderRequest request) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = TimeOrderedId.next(clock);
    List<CreatePaymentOrderRequest> wanted = CombinedProto.parts(request);
    // The parts are listed in the order of their ids, which is that of the request.
    List<UUID> ids =
        Stream.generate(() -> TimeOrderedId.next(clock)).limit(wanted.size()).sorted().toList();
    List<Order> made = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      made.add(OrderProto.order(ids.get(i), id, caller.subject(), wanted.get(i), now));
    }
    CombinedOrder whole = CombinedProto.whole(id, caller.subject(), request, made);
    return repository
        .insert(tx, whole)
        .chain(
            () ->
                Multi.createFrom()
                    .range(0, made.size())
                    .onItem()
                    .transformToUniAndConcatenate(
                        i -> orders.insert(tx, made.get(i), wanted.get(i)))
                    .collect()
                    .last())
        .replaceWith(() -> CombinedProto.combinedOrder(whole, made, Map.of()));
  }

  /** One of the caller's: of the payer, or of the service that created it. */
  Uni<CombinedOrder> get(Caller caller, UUID id) {
    return find(database.client(), caller, id)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new ServiceException(
                    PaymentsReason.COMBINED_ORDER_NOT_FOUND, "no such combined order");
              }
              return found.getFirst();
            });
  }

  private Uni<List<CombinedOrder>> find(SqlClient client, Caller caller, UUID id) {
    return caller.isCitizen()
        ? repository.ofPayer(client, id, UUID.fromString(caller.subject()))
        : repository.ofCreator(client, id, caller.subject());
  }

  /** The caller's, as it stands, with what the phone needs while it is pending. */
  Uni<io.liangjiang.payments.v1.CombinedOrder> read(Caller caller, UUID id) {
    return get(caller, id)
        .chain(
            whole ->
                Uni.combine()
                    .all()
                    .unis(parts.parts(database.client(), id), openPayments.parameters(id))
                    .with((all, parameters) -> CombinedProto.combinedOrder(whole, all, parameters))
                    .map(
                        shown ->
                            caller.isCitizen() ? CombinedProto.forPayer(shown, whole) : shown));
  }

  /** Closes one of the calling service. Errors: PAYMENT_ORDER_PAID, CHANNEL_UNAVAILABLE. */
  Uni<io.liangjiang.payments.v1.CombinedOrder> close(
      Caller caller, CloseCombinedOrderRequest request) {
    UUID id = UUID.fromString(request.getCombinedOrderId());
    return get(caller, id)
        .chain(openPayments::finish)
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    io.liangjiang.payments.v1.CombinedOrder.getDefaultInstance(),
                    tx ->
                        closeLocked(tx, id)
                            .chain(
                                whole ->
                                    parts
                                        .parts(tx, id)
                                        .map(
                                            all ->
                                                CombinedProto.combinedOrder(
                                                    whole, all, Map.of())))));
  }

  /** Closes one whose time is up, unless its money came after all. */
  Uni<Void> expire(CombinedOrder whole) {
    return openPayments
        .finish(whole)
        .chain(() -> database.inTransaction(tx -> closeLocked(tx, whole.id())))
        .replaceWithVoid();
  }

  private Uni<CombinedOrder> closeLocked(SqlConnection tx, UUID id) {
    return repository
        .lock(tx, id)
        .chain(
            whole -> {
              if (whole.isPaid()) {
                throw new ServiceException(
                    PaymentsReason.PAYMENT_ORDER_PAID,
                    "the money is already here: refund the parts instead");
              }
              if (whole.state() == State.CLOSED) {
                return Uni.createFrom().item(whole);
              }
              CombinedOrder closed = whole.in(State.CLOSED, Channel.CHANNEL_UNSPECIFIED, null);
              return repository
                  .writeState(tx, closed)
                  .chain(() -> parts.lockParts(tx, id))
                  .chain(all -> closeParts(tx, all))
                  .replaceWith(closed);
            });
  }

  private Uni<Void> closeParts(SqlConnection tx, List<Order> all) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUniAndConcatenate(part -> orders.closeLocked(tx, part))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
