package io.liangjiang.cityctl.clients;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cityctl clients}: the guests that sign citizens in by OpenID Connect. */
@Command(
    name = "clients",
    description = "Guests: registers them, shuts them out, changes their keys. Signs in as admin.",
    mixinStandardHelpOptions = true)
public final class ClientsCommand {
  private static final String PATH = "/v1/clients";
  private static final String ID = "The guest's client id.";

  @Command(description = "Lists all guests.", mixinStandardHelpOptions = true)
  int list(@Mixin Operator operator) {
    return operator.run(
        (desk, sheet) -> {
          sheet.list(
              desk.all(PATH, "clients"),
              "/clientId",
              "/kind",
              "/state",
              "/sector",
              "/requestsPerDay",
              "/displayName");
          return Operator.DONE;
        });
  }

  @Command(description = "Shows a guest.", mixinStandardHelpOptions = true)
  int show(@Mixin Operator operator, @Parameters(description = ID) String clientId) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.get(path(clientId)));
          return Operator.DONE;
        });
  }

  @Command(description = "Registers a guest.", mixinStandardHelpOptions = true)
  int register(
      @Mixin Operator operator,
      @Parameters(
              paramLabel = "FILE",
              converter = JsonFile.class,
              description = "JSON file with the guest; see identity's README.")
          ObjectNode client) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.post(PATH, Map.of("client", client)));
          return Operator.DONE;
        });
  }

  @Command(
      description = "Shuts a guest out: its tokens end at once.",
      mixinStandardHelpOptions = true)
  int suspend(
      @Mixin Operator operator,
      @Parameters(description = ID) String clientId,
      @Option(names = "--reason", required = true, description = "Why; for the auditor.")
          String reason) {
    return changed(operator, path(clientId) + ":suspend", Map.of("reason", reason));
  }

  @Command(description = "Lets a guest in again.", mixinStandardHelpOptions = true)
  int resume(@Mixin Operator operator, @Parameters(description = ID) String clientId) {
    return changed(operator, path(clientId) + ":resume", Map.of());
  }

  @Command(
      name = "rotate-key",
      description = {
        "Changes the keys of a guest. First with the new ones beside the old: both prove it.",
        "When the guest signs with the new ones: again, with --only."
      },
      mixinStandardHelpOptions = true)
  int rotateKey(
      @Mixin Operator operator,
      @Parameters(description = ID) String clientId,
      @Option(
              names = "--jwks",
              required = true,
              paramLabel = "FILE",
              converter = JsonFile.class,
              description = "JWK Set with the new public keys.")
          ObjectNode fresh,
      @Option(names = "--only", description = "The old keys end.") boolean only) {
    return operator.run(
        (desk, sheet) -> {
          ObjectNode client = (ObjectNode) desk.get(path(clientId));
          String jwks = KeySets.joined(only ? "" : client.path("jwks").asText(""), fresh);
          client.put("jwks", jwks).remove(List.of("state", "createTime", "updateTime"));
          sheet.one(desk.post(path(clientId) + ":update", Map.of("client", client)));
          return Operator.DONE;
        });
  }

  private static int changed(Operator operator, String path, Map<String, ?> body) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.post(path, body));
          return Operator.DONE;
        });
  }

  private static String path(String clientId) {
    return PATH + "/" + Desk.encoded(clientId);
  }
}
