package io.liangjiang.healthcare.appointment;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.payments.v1.PaymentOrderClosed;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.events.EventConsumers;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;

/** Listens to payments: fees that were paid, and orders that can be paid no more. */
@ApplicationScoped
class PaymentEvents {
  private static final String GROUP = "healthcare.fees";
  private static final String CREATED_BY = "healthcare";
  private static final String SUCCEEDED = "payments.PaymentOrderSucceeded";
  private static final String CLOSED = "payments.PaymentOrderClosed";

  private final EventConsumers consumers;
  private final EventFeedService feed;
  private final Transitions transitions;

  PaymentEvents(
      EventConsumers consumers,
      @GrpcClient("payments") EventFeedService feed,
      Transitions transitions) {
    this.consumers = consumers;
    this.feed = feed;
    this.transitions = transitions;
  }

  void start(@Observes StartupEvent event) {
    consumers.consume(GROUP, feed, List.of(SUCCEEDED, CLOSED), this::handle);
  }

  /** Applies one event in the transaction of its cursor; leaves those of other services alone. */
  Uni<Void> handle(SqlConnection tx, Event event) {
    try {
      return switch (event.getType()) {
        case SUCCEEDED -> paid(tx, event.getPayload().unpack(PaymentOrderSucceeded.class));
        case CLOSED -> closed(tx, event.getPayload().unpack(PaymentOrderClosed.class));
        default -> Uni.createFrom().voidItem();
      };
    } catch (InvalidProtocolBufferException e) {
      return Uni.createFrom().failure(e);
    }
  }

  private Uni<Void> paid(SqlConnection tx, PaymentOrderSucceeded event) {
    return isOurs(event.getCreatedBy(), event.getBusinessReference())
        ? transitions.paid(
            tx, UUID.fromString(event.getBusinessReference()), event.getPaymentOrderId())
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> closed(SqlConnection tx, PaymentOrderClosed event) {
    return isOurs(event.getCreatedBy(), event.getBusinessReference())
        ? transitions.notPaid(tx, UUID.fromString(event.getBusinessReference()))
        : Uni.createFrom().voidItem();
  }

  private static boolean isOurs(String createdBy, String reference) {
    return createdBy.equals(CREATED_BY) && Violations.isUuid(reference);
  }
}
