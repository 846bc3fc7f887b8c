package io.liangjiang.tourism.purchase;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.liangjiang.payments.v1.PaymentOrderClosed;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.payments.v1.RefundSucceeded;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.events.EventConsumers;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.tourism.trip.Settlement;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;

/** Settles trips as payments' events come in. */
@ApplicationScoped
public class PaymentEvents {
  private static final String GROUP = "tourism.trips";
  private static final String US = "tourism";
  private static final String SUCCEEDED = "payments.PaymentOrderSucceeded";
  private static final String CLOSED = "payments.PaymentOrderClosed";
  private static final String REFUNDED = "payments.RefundSucceeded";

  private final EventConsumers consumers;
  private final EventFeedService payments;
  private final Settlement settlement;

  PaymentEvents(
      EventConsumers consumers,
      @GrpcClient("payments") EventFeedService payments,
      Settlement settlement) {
    this.consumers = consumers;
    this.payments = payments;
    this.settlement = settlement;
  }

  void start(@Observes StartupEvent event) {
    consumers.consume(GROUP, payments, List.of(SUCCEEDED, CLOSED, REFUNDED), this::handle);
  }

  Uni<Void> handle(SqlConnection tx, Event event) {
    return switch (event.getType()) {
      case SUCCEEDED -> {
        var paid = unpack(event, PaymentOrderSucceeded.class);
        yield isOurs(paid.getCreatedBy(), paid.getBusinessReference())
            ? settlement.paid(tx, tripId(paid.getBusinessReference()), paid.getPaymentOrderId())
            : Uni.createFrom().voidItem();
      }
      case CLOSED -> {
        var closed = unpack(event, PaymentOrderClosed.class);
        yield isOurs(closed.getCreatedBy(), closed.getBusinessReference())
            ? settlement.closed(tx, tripId(closed.getBusinessReference()))
            : Uni.createFrom().voidItem();
      }
      case REFUNDED -> {
        var refunded = unpack(event, RefundSucceeded.class);
        yield isOurs(refunded.getCreatedBy(), refunded.getBusinessReference())
            ? settlement.refunded(
                tx, tripId(refunded.getBusinessReference()), refunded.getAmount().getAmountMinor())
            : Uni.createFrom().voidItem();
      }
      default -> Uni.createFrom().voidItem();
    };
  }

  private static boolean isOurs(String createdBy, String reference) {
    return createdBy.equals(US) && Violations.isUuid(reference);
  }

  private static UUID tripId(String reference) {
    return UUID.fromString(reference);
  }

  private static <M extends Message> M unpack(Event event, Class<M> type) {
    try {
      return event.getPayload().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("event " + event.getEventId() + " is not a " + type, e);
    }
  }
}
