package io.liangjiang.cityctl.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import io.liangjiang.cityctl.desk.Sheet;
import java.util.ArrayList;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cityctl signing-keys}: the keys that sign the city's tokens. */
@Command(
    name = "signing-keys",
    description = "Shows and rotates the keys that sign tokens. Signs in as admin.",
    mixinStandardHelpOptions = true)
public final class SigningKeysCommand {
  private static final String KEYS = "/v1/signingKeys";

  @Command(description = "Lists published keys, the newest first.", mixinStandardHelpOptions = true)
  int list(@Mixin Operator operator) {
    return operator.run(
        (desk, sheet) -> {
          show(desk, sheet);
          return Operator.DONE;
        });
  }

  @Command(
      description = "The next key signs from now on; tokens that are out stay good.",
      mixinStandardHelpOptions = true)
  int rotate(@Mixin Operator operator) {
    return operator.run(
        (desk, sheet) -> {
          JsonNode active = desk.post(KEYS + ":rotate", Map.of());
          sheet.one(active);
          return Operator.DONE;
        });
  }

  private static void show(Desk desk, Sheet sheet) {
    var keys = new ArrayList<JsonNode>();
    desk.get(KEYS).path("signingKeys").forEach(keys::add);
    sheet.list(keys, "/signingKeyId", "/state", "/createTime", "/activateTime", "/retireTime");
  }
}
