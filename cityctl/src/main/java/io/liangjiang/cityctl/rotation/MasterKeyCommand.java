package io.liangjiang.cityctl.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.cityctl.desk.Operator;
import io.liangjiang.cityctl.desk.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cityctl master-key}: how far identity's rows are sealed under the newest master key. */
@Command(
    name = "master-key",
    description = {
      "Shows how far the change of identity's master key has come. Signs in as admin or auditor.",
      "Exits with 1 while rows are left, or when some cannot be read."
    },
    mixinStandardHelpOptions = true)
public final class MasterKeyCommand implements Callable<Integer> {
  /** Set by picocli before the call. */
  @SuppressWarnings("NullAway.Init")
  @Mixin
  Operator operator;

  @Override
  public Integer call() {
    return operator.run(
        (desk, sheet) -> {
          JsonNode rotation = desk.get("/v1/masterKeyRotation");
          var tables = new ArrayList<JsonNode>();
          rotation.path("tables").forEach(tables::add);
          sheet.list(tables, "/name", "/rows", "/rowsLeft", "/rowsUnreadable");
          return conclude(sheet, rotation.path("masterKeyId").asText(), tables);
        });
  }

  private static int conclude(Sheet sheet, String key, List<JsonNode> tables) {
    long unreadable = sum(tables, "rowsUnreadable");
    long left = sum(tables, "rowsLeft");
    if (unreadable > 0) {
      sheet.say("%d rows are under a key that identity does not have.".formatted(unreadable));
    } else if (left > 0) {
      sheet.say("%d rows are left to be sealed under %s.".formatted(left, key));
    } else {
      sheet.say("Everything is sealed under %s.".formatted(key));
    }
    return unreadable + left == 0 ? Operator.DONE : Operator.NOT_DONE;
  }

  private static long sum(List<JsonNode> tables, String column) {
    return tables.stream().mapToLong(table -> table.path(column).asLong()).sum();
  }
}
