package io.liangjiang.standalone.phone;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the gateway answered.
 *
 * @param status HTTP status
 * @param body JSON; an empty object when there was none
 */
public record Answer(int status, JsonNode body) {
  /** A text by JSON pointer, for example {@code /citizen/citizenId}; empty when it is not there. */
  public String text(String pointer) {
    return body.at(pointer).asText("");
  }

  /** A whole number by JSON pointer; zero when it is not there. */
  public long number(String pointer) {
    return body.at(pointer).asLong();
  }

  /** The stable reason of a problem; empty when it is none. */
  public String reason() {
    return text("/reason");
  }
}
