package io.liangjiang.transit.ride;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.payments.v1.TopUpSucceeded;
import io.liangjiang.platform.events.EventConsumers;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Has overdue rides tried again as soon as the citizen has filled the wallet. */
@ApplicationScoped
public class TopUpListener {
  private static final String GROUP = "transit.overdue-rides";
  private static final String TOP_UP_SUCCEEDED = "payments.TopUpSucceeded";

  private final EventConsumers consumers;
  private final EventFeedService feed;
  private final ChargeRepository repository;
  private final InstantSource clock;

  TopUpListener(
      EventConsumers consumers,
      @GrpcClient("payments") EventFeedService feed,
      ChargeRepository repository,
      InstantSource clock) {
    this.consumers = consumers;
    this.feed = feed;
    this.repository = repository;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    consumers.consume(GROUP, feed, List.of(TOP_UP_SUCCEEDED), this::handle);
  }

  private Uni<Void> handle(SqlConnection tx, Event event) {
    return event.getType().equals(TOP_UP_SUCCEEDED)
        ? repository.hasten(tx, citizenId(event), clock.instant())
        : Uni.createFrom().voidItem();
  }

  private static UUID citizenId(Event event) {
    try {
      return UUID.fromString(event.getPayload().unpack(TopUpSucceeded.class).getCitizenId());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The payload is no TopUpSucceeded", e);
    }
  }
}
