package io.liangjiang.cityctl.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.standalone.phone.Answer;

/** The city refused: the reason is stable, the sentence is for the operator. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param message for the operator, the reason first
   */
  public Refused(String message) {
    super(message);
  }

  static Refused of(Answer answer) {
    var text = new StringBuilder();
    text.append(answer.reason().isEmpty() ? "HTTP " + answer.status() : answer.reason());
    text.append(": ").append(answer.text("/detail"));
    for (JsonNode violation : answer.body().path("violations")) {
      text.append("; ").append(violation.path("field").asText());
      text.append(' ').append(violation.path("description").asText());
    }
    answer
        .body()
        .path("metadata")
        .properties()
        .forEach(
            each -> text.append("; ").append(each.getKey()).append('=').append(each.getValue()));
    return new Refused(text.toString());
  }
}
