package io.liangjiang.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.gateway.testing.UpstreamResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody can make the edge fail by what they send. */
@QuarkusTest
@QuarkusTestResource(UpstreamResource.class)
class FuzzTest {
  private static final int ROUNDS = 1_500;
  private static final String SEED =
      """
      {"requestId":"a","everything":{"truth":true,"small":-1,"big":"9007199254740993","real":1.5e3,\
      "text":"两江\\u0001","octets":"AQI=","color":"RED","time":"2026-05-01T00:00:00Z","span":"1.5s",\
      "wrappedText":"a","choiceBig":7,"texts":["a",null],"children":[{"child":{}}],\
      "words":{"k":"v"},"byNumber":{"1":{}},"byTruth":{"true":"GREEN"}}}\
      """;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "null",
    "true",
    "-",
    "1e999999",
    "0.",
    "9".repeat(200),
    "\u0000",
    "{}",
    "[[[[",
    "\"child\":{",
    "NaN",
    "é",
    "/*"
  };

  @TestHTTPResource("/v1/echoes")
  URI echoes;

  private final Random random = new Random(20260501);

  @Test
  void bodiesNeverGiveServerErrors() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < ROUNDS; i++) {
        byte[] body = mutated();
        var request =
            HttpRequest.newBuilder(echoes)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as("body %s", new String(body, StandardCharsets.UTF_8))
            .isIn(200, 400);
      }
    }
  }

  private byte[] mutated() {
    var text = new StringBuilder(SEED);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> text.replace(at, Math.min(text.length(), at + random.nextInt(20)), "");
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
