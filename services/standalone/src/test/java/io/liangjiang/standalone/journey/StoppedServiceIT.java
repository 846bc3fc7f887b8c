package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service is asked to end while it works, as an upgrade does it. */
@ExtendWith(CityExtension.class)
final class StoppedServiceIT {
  private static final int PHONES = 12;

  private final City city;

  StoppedServiceIT(City city) {
    this.city = city;
  }

  @Test
  void everyCallIsAnsweredOrMayBeRepeated() throws IOException {
    Citizen citizen = Citizen.signedIn(city);
    var answers = new ConcurrentLinkedQueue<ExtractableResponse<Response>>();
    try (var phones = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PHONES; i++) {
        var unused = phones.submit(() -> orderUntilAway(citizen, answers));
      }
      Eventually.is(answers::size, count -> count > PHONES);
      city.stop("payments");
    }
    city.restart("payments");

    assertThat(answers.stream().map(ExtractableResponse::statusCode)).contains(200).contains(503);
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.<String>path("reason"))
                    .isIn(answer.statusCode() == 200 ? null : "UNAVAILABLE"));
    assertThat(endOfPayments()).anyMatch(line -> line.contains("every call had its answer"));
    Books.areZero(city);
  }

  /** New top-ups, each sent once, until payments does not answer any more. */
  private static void orderUntilAway(
      Citizen citizen, ConcurrentLinkedQueue<ExtractableResponse<Response>> answers) {
    Map<String, Object> body = Map.of("amount", Citizen.money(100), "channel", "SANDBOX_PAY");
    ExtractableResponse<Response> answer;
    do {
      answer =
          citizen.caller().postOnce("/v1/wallets/me/topUps", body, UUID.randomUUID()).extract();
      answers.add(answer);
    } while (answer.statusCode() == 200);
  }

  private List<String> endOfPayments() throws IOException {
    Path logs = city.options().data().resolve("logs");
    try (Stream<Path> files = Files.list(logs)) {
      List<Path> ofPayments =
          files.filter(file -> file.getFileName().toString().startsWith("payments")).toList();
      return ofPayments.stream().flatMap(StoppedServiceIT::lines).toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
