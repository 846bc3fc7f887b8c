package io.liangjiang.platform.parkedevent;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.ListParkedEventDecisionsResponse;
import io.liangjiang.platform.v1.ListParkedEventsResponse;
import io.liangjiang.platform.v1.ParkedEvent;
import io.liangjiang.platform.v1.ParkedEventDecision;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;

/** Rows as the contract has them. */
final class ParkedEventProto {
  private ParkedEventProto() {}

  static ListParkedEventsResponse page(Page page, List<Row> rows) {
    var cut =
        page.cut(
            rows,
            row ->
                List.of(
                    row.getOffsetDateTime("park_time").toInstant().toString(),
                    row.getUUID("event_id").toString(),
                    row.getString("consumer_group")));
    return ListParkedEventsResponse.newBuilder()
        .addAllParkedEvents(cut.items().stream().map(ParkedEventProto::parkedEvent).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static ListParkedEventDecisionsResponse pageOfDecisions(Page page, List<Row> rows) {
    var cut = page.cut(rows, row -> List.of(row.getLong("decision_id").toString()));
    return ListParkedEventDecisionsResponse.newBuilder()
        .addAllDecisions(decisions(cut.items()))
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static List<ParkedEventDecision> decisions(List<Row> rows) {
    return rows.stream().map(ParkedEventProto::decision).toList();
  }

  private static ParkedEvent parkedEvent(Row row) {
    Event event = event(row);
    String state = row.getString("state");
    var parked =
        ParkedEvent.newBuilder()
            .setEventId(row.getUUID("event_id").toString())
            .setConsumerGroup(row.getString("consumer_group"))
            .setEventType(event.getType())
            .setEventSubject(event.getSubject())
            .setEventTime(event.getEventTime())
            .setParkTime(ProtoTime.timestamp(row.getOffsetDateTime("park_time")))
            .setFailure(row.getString("failure"))
            .setState(state == null ? ParkedEvent.State.PARKED : ParkedEvent.State.valueOf(state));
    OffsetDateTime end = row.getOffsetDateTime("end_time");
    if (end != null) {
      parked.setEndTime(ProtoTime.timestamp(end));
    }
    return parked.build();
  }

  private static ParkedEventDecision decision(Row row) {
    var decision =
        ParkedEventDecision.newBuilder()
            .setDecisionId(row.getLong("decision_id").toString())
            .setEventId(row.getUUID("event_id").toString())
            .setConsumerGroup(row.getString("consumer_group"))
            .setKind(ParkedEventDecision.Kind.valueOf(row.getString("decision")))
            .setOperator(row.getString("operator"))
            .setReason(row.getString("reason"))
            .setDecisionTime(ProtoTime.timestamp(row.getOffsetDateTime("decision_time")));
    String outcome = row.getString("outcome");
    if (outcome != null) {
      decision
          .setOutcome(ParkedEventDecision.Outcome.valueOf(outcome))
          .setOutcomeTime(ProtoTime.timestamp(row.getOffsetDateTime("outcome_time")));
    }
    String failure = row.getString("failure");
    return decision.setFailure(failure == null ? "" : failure).build();
  }

  private static Event event(Row row) {
    try {
      return Event.parseFrom(row.getBuffer("event").getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a parked event cannot be read", e);
    }
  }
}
