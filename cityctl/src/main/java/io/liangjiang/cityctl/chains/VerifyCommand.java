package io.liangjiang.cityctl.chains;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import io.liangjiang.cityctl.desk.Sheet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cityctl verify}: walks chains to their ends, or to the first record that was changed. */
@Command(
    name = "verify",
    description = {
      "Holds every record against the chain of hashes that it was written into.",
      "Exits with 1 and names the first record that was changed, removed or added."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  /** Set by picocli before the call. */
  @SuppressWarnings("NullAway.Init")
  @Mixin
  Operator operator;

  @Parameters(
      arity = "0..*",
      description = "${COMPLETION-CANDIDATES}. All without it. The user must be an auditor.")
  List<Chain> chains = List.of();

  @Override
  public Integer call() {
    List<Chain> wanted = chains.isEmpty() ? List.of(Chain.values()) : chains;
    return operator.run(
        (desk, sheet) -> {
          List<ObjectNode> walks = wanted.stream().map(chain -> walk(desk, chain)).toList();
          show(sheet, walks);
          return walks.stream().noneMatch(walk -> walk.has("fault"))
              ? Operator.DONE
              : Operator.NOT_DONE;
        });
  }

  private static void show(Sheet sheet, List<ObjectNode> walks) {
    sheet.list(List.copyOf(walks), "/chain", "/checked", "/of", "/fault", "/sha256");
    boolean whole = walks.stream().noneMatch(walk -> walk.has("fault"));
    sheet.say(whole ? "Everything is as it was written." : "Something was changed.");
  }

  /** To the end, or to the first fault. */
  private static ObjectNode walk(Desk desk, Chain chain) {
    long checked = 0;
    String token = "";
    JsonNode answer;
    do {
      answer = desk.get(Desk.with(chain.path(), "pageToken", token));
      checked += answer.path(chain.count()).asLong();
      token = answer.path("nextPageToken").asText("");
    } while (!token.isEmpty() && !answer.hasNonNull("fault"));
    ObjectNode walk = JsonNodeFactory.instance.objectNode();
    walk.put("chain", chain.name().toLowerCase(Locale.ROOT));
    walk.put("checked", checked).put("of", chain.things());
    if (answer.hasNonNull("fault")) {
      walk.set("fault", answer.get("fault"));
    }
    if (answer.hasNonNull("sha256")) {
      walk.put("sha256", answer.get("sha256").asText());
    }
    return walk;
  }
}
