package io.liangjiang.platform.parkedevent;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.parkedevent.ParkedEventRepository.Wish;
import io.liangjiang.platform.v1.DropParkedEventRequest;
import io.liangjiang.platform.v1.DropParkedEventResponse;
import io.liangjiang.platform.v1.ListParkedEventDecisionsResponse;
import io.liangjiang.platform.v1.ListParkedEventsResponse;
import io.liangjiang.platform.v1.ReplayParkedEventRequest;
import io.liangjiang.platform.v1.ReplayParkedEventResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator sees and decides; what was decided is kept with who and why. */
@ApplicationScoped
class ParkedEventDecisions {
  private final ParkedEventRepository repository;
  private final Idempotency idempotency;

  ParkedEventDecisions(ParkedEventRepository repository, Idempotency idempotency) {
    this.repository = repository;
    this.idempotency = idempotency;
  }

  Uni<ListParkedEventsResponse> list(boolean includeOver, Page page) {
    return repository.list(includeOver, page).map(rows -> ParkedEventProto.page(page, rows));
  }

  Uni<ListParkedEventDecisionsResponse> listDecisions(@Nullable UUID eventId, Page page) {
    return repository
        .listDecisions(eventId, page)
        .map(rows -> ParkedEventProto.pageOfDecisions(page, rows));
  }

  /** Errors: those of {@link Idempotency#once} and of {@link ParkedEventReason}. */
  Uni<ReplayParkedEventResponse> replay(Caller caller, ReplayParkedEventRequest request) {
    var wish = wish(caller, request.getEventId(), request.getReason());
    return idempotency
        .once(
            caller,
            request.getRequestId(),
            request,
            ReplayParkedEventResponse.getDefaultInstance(),
            tx ->
                repository
                    .replay(tx, wish)
                    .chain(made -> orRefuse(tx, wish, made))
                    .map(
                        made ->
                            ReplayParkedEventResponse.newBuilder()
                                .addAllDecisions(ParkedEventProto.decisions(made))
                                .build()))
        .onFailure(ParkedEventRepository::isUnderWay)
        .transform(failure -> underWay());
  }

  /** Errors: those of {@link Idempotency#once} and of {@link ParkedEventReason}. */
  Uni<DropParkedEventResponse> drop(Caller caller, DropParkedEventRequest request) {
    var wish = wish(caller, request.getEventId(), request.getReason());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        DropParkedEventResponse.getDefaultInstance(),
        tx ->
            repository
                .drop(tx, wish)
                .chain(made -> orRefuse(tx, wish, made))
                .map(
                    made ->
                        DropParkedEventResponse.newBuilder()
                            .addAllDecisions(ParkedEventProto.decisions(made))
                            .build()));
  }

  private static Wish wish(Caller caller, String eventId, String reason) {
    return new Wish(UUID.fromString(eventId), caller.subject(), reason);
  }

  /** What was decided; where nothing was, says why. */
  private Uni<List<Row>> orRefuse(SqlConnection tx, Wish wish, List<Row> made) {
    return made.isEmpty()
        ? repository.areOpen(tx, wish.eventId()).map(ParkedEventDecisions::refuse)
        : Uni.createFrom().item(made);
  }

  private static List<Row> refuse(List<Boolean> open) {
    if (open.isEmpty()) {
      throw new ServiceException(
          ParkedEventReason.PARKED_EVENT_NOT_FOUND, "no such event was put aside here");
    }
    if (open.getFirst()) {
      throw underWay();
    }
    throw new ServiceException(
        ParkedEventReason.PARKED_EVENT_OVER, "the event was replayed or dropped already");
  }

  private static ServiceException underWay() {
    return new ServiceException(
        ParkedEventReason.REPLAY_UNDER_WAY, "a replay was decided and is not done yet");
  }
}
