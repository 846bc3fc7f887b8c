package io.liangjiang.standalone.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** Calls as a phone does: JSON over HTTP, a bearer token, an idempotency key on every POST. */
public final class Phone {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int UNAVAILABLE = 503;
  private static final int PATIENT_TRIES = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HttpClient http;
  private final URI base;
  private final String token;
  private final int tries;

  private Phone(HttpClient http, URI base, String token, int tries) {
    this.http = http;
    this.base = base;
    this.token = token;
    this.tries = tries;
  }

  /** A phone on which nobody has signed in. */
  public static Phone anonymous(HttpClient http, URI base) {
    return new Phone(http, base, "", 1);
  }

  /** The same phone with an access token. */
  public Phone with(String accessToken) {
    return new Phone(http, base, accessToken, tries);
  }

  /**
   * The same phone that sends again, each second and with the same key, what is refused with 503:
   * the contract allows it. A minute of that is enough for a cluster whose name server remembers
   * that a new service was not there.
   */
  public Phone patient() {
    return new Phone(http, base, token, PATIENT_TRIES);
  }

  /**
   * Reads. Throws {@link NoAnswer} when the connection breaks or nothing comes within 30 s; so do
   * the others.
   */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Sends with a key of its own: a new intention. */
  public Answer post(String path, Object body) {
    return post(path, body, UUID.randomUUID());
  }

  /** Sends with a given key: the same intention again. */
  public Answer post(String path, Object body, UUID key) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key.toString())
            .POST(HttpRequest.BodyPublishers.ofString(json(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) {
    HttpRequest sent = request.build();
    try {
      HttpResponse<String> answer = http.send(sent, HttpResponse.BodyHandlers.ofString());
      for (int left = tries - 1; left > 0 && answer.statusCode() == UNAVAILABLE; left--) {
        Thread.sleep(PAUSE);
        answer = http.send(sent, HttpResponse.BodyHandlers.ofString());
      }
      return new Answer(answer.statusCode(), parse(answer.body()));
    } catch (IOException e) {
      throw new NoAnswer("%s does not answer: %s".formatted(sent.uri(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted while calling " + sent.uri());
    }
  }

  private static JsonNode parse(String body) {
    if (body.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode().put("text", body);
    }
  }

  private static String json(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + body, e);
    }
  }
}
