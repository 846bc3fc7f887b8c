package io.liangjiang.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the gateway answered.
 *
 * @param status HTTP status
 * @param body JSON; an empty object when there was none
 */
record Answer(int status, JsonNode body) {
  /** A text by JSON pointer, for example {@code /citizen/citizenId}; empty when it is not there. */
  String text(String pointer) {
    return body.at(pointer).asText("");
  }

  /** A whole number by JSON pointer; zero when it is not there. */
  long number(String pointer) {
    return body.at(pointer).asLong();
  }

  /** The stable reason of a problem; empty when it is none. */
  String reason() {
    return text("/reason");
  }
}
