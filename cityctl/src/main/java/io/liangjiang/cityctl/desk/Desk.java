package io.liangjiang.cityctl.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.phone.Phone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls the gateway's routes as a staff member who is signed in. */
public final class Desk {
  private static final int TRIES = 3;
  private static final int MAX_PAGES = 1_000;
  private static final int OK = 200;

  private final Phone phone;

  private Desk(Phone phone) {
    this.phone = phone;
  }

  /** Signs in. Throws {@link Refused}, and {@link NoAnswer} like all that calls. */
  static Desk signIn(Phone anonymous, String username, String password) {
    var answer =
        new Desk(anonymous)
            .post("/v1/sessions:signInStaff", Map.of("username", username, "password", password));
    return new Desk(anonymous.with(answer.path("accessToken").asText()));
  }

  /** Ends the session; when that fails it ends by its age. */
  void signOut() {
    try {
      var unused = phone.post("/v1/sessions:signOut", Map.of());
    } catch (NoAnswer e) {
      // the token lives for minutes and is kept nowhere
    }
  }

  /** Reads. Throws {@link Refused}. */
  public JsonNode get(String path) {
    return accepted(phone.get(path));
  }

  /**
   * Writes, once: when no answer comes the same is sent again, and has its effect once. Throws
   * {@link Refused}.
   */
  public JsonNode post(String path, Object body) {
    UUID key = UUID.randomUUID();
    for (int left = TRIES - 1; ; left--) {
      try {
        return accepted(phone.post(path, body, key));
      } catch (NoAnswer e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  /**
   * Reads a list to its end.
   *
   * @param list name of the list in the answers
   */
  public List<JsonNode> all(String path, String list) {
    var found = new ArrayList<JsonNode>();
    String token = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode answer = get(with(with(path, "pageSize", "100"), "pageToken", token));
      answer.path(list).forEach(found::add);
      token = answer.path("nextPageToken").asText("");
      if (token.isEmpty()) {
        return found;
      }
    }
    throw new Refused("there are more than %d pages".formatted(MAX_PAGES));
  }

  /** The path with one more parameter; without it when the value is empty. */
  public static String with(String path, String parameter, String value) {
    if (value.isEmpty()) {
      return path;
    }
    char joint = path.indexOf('?') < 0 ? '?' : '&';
    return path + joint + parameter + '=' + encoded(value);
  }

  /** Text as one part of a path. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode accepted(Answer answer) {
    if (answer.status() != OK) {
      throw Refused.of(answer);
    }
    return answer.body();
  }
}
