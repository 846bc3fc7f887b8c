package io.liangjiang.platform.parkedevent;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.DropParkedEventRequest;
import io.liangjiang.platform.v1.DropParkedEventResponse;
import io.liangjiang.platform.v1.ListParkedEventDecisionsRequest;
import io.liangjiang.platform.v1.ListParkedEventDecisionsResponse;
import io.liangjiang.platform.v1.ListParkedEventsRequest;
import io.liangjiang.platform.v1.ListParkedEventsResponse;
import io.liangjiang.platform.v1.ParkedEventService;
import io.liangjiang.platform.v1.ReplayParkedEventRequest;
import io.liangjiang.platform.v1.ReplayParkedEventResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Serves the parked events of the service it runs in, to operators. */
@GrpcService
public class ParkedEventGrpcService implements ParkedEventService {
  private static final String EVENT_ID = "event_id";
  private static final int MAX_REASON = 500;

  private final ParkedEventDecisions decisions;
  private final String name;

  ParkedEventGrpcService(
      ParkedEventDecisions decisions,
      @ConfigProperty(name = "quarkus.application.name") String name) {
    this.decisions = decisions;
    this.name = name;
  }

  @Override
  public Uni<ListParkedEventsResponse> listParkedEvents(ListParkedEventsRequest request) {
    meant(request.getService()).throwIfAny();
    return decisions.list(
        request.getIncludeOver(), Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<ListParkedEventDecisionsResponse> listParkedEventDecisions(
      ListParkedEventDecisionsRequest request) {
    String event = request.getEventId();
    var violations = meant(request.getService());
    if (!event.isEmpty()) {
      violations.requireUuid(event, EVENT_ID);
    }
    violations.throwIfAny();
    return decisions.listDecisions(
        event.isEmpty() ? null : UUID.fromString(event),
        Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<ReplayParkedEventResponse> replayParkedEvent(ReplayParkedEventRequest request) {
    Caller caller = Caller.current();
    check(request.getService(), request.getEventId(), request.getReason());
    return decisions.replay(caller, request);
  }

  @Override
  public Uni<DropParkedEventResponse> dropParkedEvent(DropParkedEventRequest request) {
    Caller caller = Caller.current();
    check(request.getService(), request.getEventId(), request.getReason());
    return decisions.drop(caller, request);
  }

  private void check(String service, String eventId, String reason) {
    meant(service)
        .requireUuid(eventId, EVENT_ID)
        .requireText(reason, 1, MAX_REASON, "reason")
        .throwIfAny();
  }

  /** A decision for another service that came here by mistake must not hit an event of ours. */
  private Violations meant(String service) {
    return new Violations().require(service.equals(name), "service", "must be " + name);
  }
}
