package io.liangjiang.cityctl.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import io.liangjiang.cityctl.desk.Refused;
import io.liangjiang.cityctl.desk.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cityctl events}: events that were put aside, and what is to become of them. */
@Command(
    name = "events",
    description = "Events that services could not apply and put aside. Signs in as admin.",
    mixinStandardHelpOptions = true)
public final class EventsCommand {
  private static final List<String> SERVICES =
      List.of("payments", "transit", "tourism", "healthcare", "identity");
  private static final String ASKED = "Whose: payments, transit, tourism, healthcare, identity.";
  private static final String ASKED_ALL = ASKED + " All of them without it.";
  private static final String EVENT = "The event's id.";
  private static final String WHY = "Why, without personal data; kept for ever.";

  @Command(
      description = "Lists what waits, in the order in which it was put aside.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Operator operator,
      @Parameters(arity = "0..*", description = ASKED_ALL) @Nullable List<String> services,
      @Option(names = "--all", description = "Also what was replayed or dropped.") boolean all) {
    return operator.run(
        (desk, sheet) ->
            show(
                desk,
                sheet,
                services,
                new Listed("parkedEvents", "includeOver", all ? "true" : ""),
                "/service",
                "/eventId",
                "/consumerGroup",
                "/eventType",
                "/eventSubject",
                "/parkTime",
                "/state",
                "/failure"));
  }

  @Command(
      description = "Lists who decided what and why, and what came of it, the newest first.",
      mixinStandardHelpOptions = true)
  int decisions(
      @Mixin Operator operator,
      @Parameters(arity = "0..*", description = ASKED_ALL) @Nullable List<String> services,
      @Option(names = "--event", defaultValue = "", description = "Only of the event of this id.")
          String eventId) {
    return operator.run(
        (desk, sheet) ->
            show(
                desk,
                sheet,
                services,
                new Listed("parkedEventDecisions", "eventId", eventId),
                "/service",
                "/eventId",
                "/kind",
                "/operator",
                "/reason",
                "/decisionTime",
                "/outcome",
                "/failure"));
  }

  @Command(
      description = "Has an event applied after all, after what was wrong is mended.",
      mixinStandardHelpOptions = true)
  int replay(
      @Mixin Operator operator,
      @Parameters(description = ASKED) String service,
      @Parameters(description = EVENT) String eventId,
      @Option(names = "--reason", required = true, description = WHY) String reason) {
    return decide(operator, path(service, "parkedEvents", eventId) + ":replay", reason);
  }

  @Command(
      description = "Has an event never applied; it cannot be taken back.",
      mixinStandardHelpOptions = true)
  int drop(
      @Mixin Operator operator,
      @Parameters(description = ASKED) String service,
      @Parameters(description = EVENT) String eventId,
      @Option(names = "--reason", required = true, description = WHY) String reason) {
    return decide(operator, path(service, "parkedEvents", eventId) + ":drop", reason);
  }

  /**
   * What is listed.
   *
   * @param collection last part of the path
   * @param filter a parameter, with its value; empty for none
   */
  private record Listed(String collection, String filter, String value) {
    /** Name of the list in the answers. */
    String name() {
      return collection.equals("parkedEvents") ? collection : "decisions";
    }
  }

  private static int decide(Operator operator, String path, String reason) {
    return operator.run(
        (desk, sheet) -> {
          List<JsonNode> decisions = new ArrayList<>();
          desk.post(path, Map.of("reason", reason)).path("decisions").forEach(decisions::add);
          sheet.list(
              decisions,
              "/decisionId",
              "/eventId",
              "/consumerGroup",
              "/kind",
              "/operator",
              "/outcome");
          return Operator.DONE;
        });
  }

  /** Shows what the services that answer have, also when others do not. */
  private static int show(
      Desk desk, Sheet sheet, @Nullable List<String> services, Listed wanted, String... columns) {
    List<JsonNode> found = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (String service : services == null || services.isEmpty() ? SERVICES : services) {
      try {
        List<JsonNode> rows =
            desk.all(
                Desk.with(path(service, wanted.collection()), wanted.filter(), wanted.value()),
                wanted.name());
        rows.forEach(row -> ((ObjectNode) row).put("service", service));
        found.addAll(rows);
      } catch (Refused e) {
        refusals.add(service + ": " + e.getMessage());
      }
    }
    sheet.list(found, columns);
    if (!refusals.isEmpty()) {
      throw new Refused(String.join(System.lineSeparator(), refusals));
    }
    return Operator.DONE;
  }

  private static String path(String service, String... parts) {
    var path = new StringBuilder("/v1/services/").append(Desk.encoded(service));
    for (String part : parts) {
      path.append('/').append(Desk.encoded(part));
    }
    return path.toString();
  }
}
