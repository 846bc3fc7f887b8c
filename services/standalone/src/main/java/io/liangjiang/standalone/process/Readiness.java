package io.liangjiang.standalone.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a service whether it is ready, until it is, or has ended, or time is up. */
public final class Readiness {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PATIENCE_PER_QUESTION = Duration.ofSeconds(5);

  private final HttpClient http;

  /** Asks over the given client. */
  public Readiness(HttpClient http) {
    this.http = http;
  }

  /**
   * Returns when the address answers 200.
   *
   * @throws StartFailure when the process ends first or the patience runs out; the message carries
   *     the tail of its log
   */
  public void await(ChildProcess process, URI address, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String answer = "nothing yet";
    while (!"200".equals(answer = ask(address))) {
      if (!process.isAlive()) {
        throw new StartFailure(process.obituary());
      }
      if (System.nanoTime() > deadline) {
        throw new StartFailure(tooLate(process, patience, answer));
      }
      Thread.sleep(PAUSE);
    }
  }

  private String ask(URI address) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(PATIENCE_PER_QUESTION).GET().build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? "200" : response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String tooLate(ChildProcess process, Duration patience, String answer) {
    return "%s was not ready after %d s; it says: %s%nThe end of %s:%n    %s"
        .formatted(
            process.name(),
            patience.toSeconds(),
            answer,
            process.log().path(),
            String.join(System.lineSeparator() + "    ", process.log().tail(25)));
  }
}
