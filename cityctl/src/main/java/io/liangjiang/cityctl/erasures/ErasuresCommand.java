package io.liangjiang.cityctl.erasures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cityctl erasures}: requests to erase, and what holds them. */
@Command(
    name = "erasures",
    description = "Requests of citizens to erase what the city has of them. Signs in as admin.",
    mixinStandardHelpOptions = true)
public final class ErasuresCommand {
  private static final String PATH = "/v1/erasures";

  /** How far an erasure is. */
  enum State {
    /** It can still be cancelled, or something open holds it. */
    REQUESTED,
    /** The citizen took it back. */
    CANCELLED,
    /** The account is closed and services erase. */
    ERASING,
    /** Done. */
    COMPLETED
  }

  @Command(
      description = "Lists erasures, the newest first, with what holds each and who has erased.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Operator operator,
      @Option(names = "--state", description = "Only: ${COMPLETION-CANDIDATES}.")
          @Nullable State state) {
    return operator.run(
        (desk, sheet) -> {
          String wanted = state == null ? "" : state.name();
          List<JsonNode> found = desk.all(Desk.with(PATH, "state", wanted), "erasures");
          found.forEach(ErasuresCommand::addWhoHasErased);
          sheet.list(
              found,
              "/erasureId",
              "/state",
              "/beginTime",
              "/nextAttemptTime",
              "/blockers",
              "/erasedBy");
          return Operator.DONE;
        });
  }

  @Command(
      description = "Carries an erasure on at once, after what held it is mended.",
      mixinStandardHelpOptions = true)
  int resume(@Mixin Operator operator, @Parameters(description = "Its id.") String erasureId) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.post(PATH + "/" + Desk.encoded(erasureId) + ":resume", Map.of()));
          return Operator.DONE;
        });
  }

  private static void addWhoHasErased(JsonNode erasure) {
    String services =
        StreamSupport.stream(erasure.path("steps").spliterator(), false)
            .map(step -> step.path("service").asText())
            .collect(Collectors.joining(","));
    ((ObjectNode) erasure).put("erasedBy", services);
  }
}
