package io.liangjiang.platform.test.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a conversation and what it is answered.
 *
 * @param json the exchange as the file has it
 */
public record Exchange(ObjectNode json) {
  private static final Set<String> NAMES =
      Set.of("about", "rpc", "caller", "request", "response", "error", "varies");

  /** Errors: IllegalArgumentException for an exchange with a member nobody reads. */
  public Exchange {
    for (var names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("an exchange has no " + name);
      }
    }
  }

  /** One sentence on what is shown. */
  public String about() {
    return json.path("about").asText();
  }

  /** Full name of the RPC, for example "liangjiang.payments.v1.LedgerService/CreateTransfer". */
  public String rpc() {
    return json.path("rpc").asText();
  }

  /** Who calls; see {@link ExampleCallers}. */
  public String caller() {
    return json.path("caller").asText();
  }

  /** The request in the contract's JSON. */
  public ObjectNode request() {
    return json.withObject("/request");
  }

  /** The answer; null when the call is refused. */
  public @Nullable JsonNode response() {
    return json.get("response");
  }

  /** The refusal: {@code code}, {@code reason} and, where there are some, {@code violations}. */
  public @Nullable JsonNode error() {
    return json.get("error");
  }

  /**
   * Names of the response's fields, or of the refusal's metadata, that differ at each run, beside
   * ids and times.
   */
  public List<String> varies() {
    List<String> names = new ArrayList<>();
    json.path("varies").forEach(name -> names.add(name.asText()));
    return names;
  }

  @Override
  public String toString() {
    return about() + " (" + rpc() + " as " + caller() + ")";
  }
}
