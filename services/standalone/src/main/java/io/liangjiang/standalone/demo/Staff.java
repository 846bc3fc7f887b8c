package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The people who work in the city, each with a device of their own. */
final class Staff {
  private final Story story;
  private final Phone gateway;
  private final UnaryOperator<String> passwords;

  Staff(Story story, HttpClient http, URI gatewayUrl, UnaryOperator<String> passwords) {
    this.story = story;
    this.gateway = Phone.anonymous(http, gatewayUrl).patient();
    this.passwords = passwords;
  }

  /** The device of a member of staff who has just signed in. */
  Phone device(String username) {
    Map<String, String> body = Map.of("username", username, "password", passwords.apply(username));
    Answer session = story.good(username, gateway.post("/v1/sessions:signInStaff", body));
    return gateway.with(session.text("/accessToken"));
  }
}
