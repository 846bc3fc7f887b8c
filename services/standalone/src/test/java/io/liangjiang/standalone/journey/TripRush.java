package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.phone.Phone;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Many phones that buy and pay at once and send again, with the same key, whatever was not
 * answered.
 */
final class TripRush {
  private static final int AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Set<Integer> TRY_AGAIN = Set.of(429, 503, 504);

  /**
   * What came of one wish.
   *
   * @param citizen who wished
   * @param channel how it was to be paid
   * @param tripId the trip; null when the places were gone
   * @param paymentOrderId its payment order; null when the places were gone
   */
  record Outcome(
      Citizen citizen, String channel, @Nullable String tripId, @Nullable String paymentOrderId) {
    boolean isSold() {
      return tripId != null;
    }

    boolean isPaidThroughChannel() {
      return !channel.equals("WALLET");
    }
  }

  private final City city;
  private final List<Citizen> citizens;
  private final String slotId;
  private final Semaphore inFlight = new Semaphore(AT_ONCE);
  private final HttpClient http = HttpClient.newHttpClient();

  TripRush(City city, List<Citizen> citizens, String slotId) {
    this.city = city;
    this.citizens = citizens;
    this.slotId = slotId;
  }

  /**
   * Buys and pays a place for each holder; a third of the way payments is killed and started again.
   */
  List<Outcome> run(List<Map<String, String>> holders) throws InterruptedException {
    CountDownLatch third = new CountDownLatch(holders.size() / 3);
    try (var phones = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> wishes = new ArrayList<>();
      for (int i = 0; i < holders.size(); i++) {
        int number = i;
        wishes.add(phones.submit(() -> wish(number, holders.get(number), third)));
      }
      third.await();
      city.kill("payments");
      city.restart("payments");
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> wish : wishes) {
        outcomes.add(wish.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new AssertionError("a phone gave up: " + e.getCause(), e);
    } finally {
      http.close();
    }
  }

  private Outcome wish(int number, Map<String, String> holder, CountDownLatch third) {
    Citizen citizen = citizens.get(number % citizens.size());
    String channel = number % 2 == 0 ? "WALLET" : "SANDBOX_PAY";
    Phone phone = Phone.anonymous(http, city.gatewayUrl()).with(citizen.accessToken());
    Map<String, Object> body = Map.of("items", List.of(Park.item(slotId, "ADULT", holder)));
    Answer trip = untilAnswered(phone, "/v1/trips", body);
    if (trip.reason().equals("SOLD_OUT")) {
      third.countDown();
      return new Outcome(citizen, channel, null, null);
    }
    String order = good(trip).text("/paymentOrderId");
    String pay = "/v1/paymentOrders/" + order + ":pay";
    good(untilAnswered(phone, pay, Map.of("channel", channel)));
    third.countDown();
    return new Outcome(citizen, channel, trip.text("/tripId"), order);
  }

  private Answer untilAnswered(Phone phone, String path, Object body) {
    UUID key = UUID.randomUUID();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Answer answer = once(phone, path, body, key);
      if (answer != null && !TRY_AGAIN.contains(answer.status())) {
        return answer;
      }
      // Half a second to one and a half, so that those who failed together do not come back
      // together.
      Eventually.pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, 1_500)));
    }
    throw new AssertionError(path + " was not answered in " + PATIENCE);
  }

  private @Nullable Answer once(Phone phone, String path, Object body, UUID key) {
    inFlight.acquireUninterruptibly();
    try {
      return phone.post(path, body, key);
    } catch (NoAnswer e) {
      return null;
    } finally {
      inFlight.release();
    }
  }

  private static Answer good(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("status " + answer.status() + ": " + answer.body());
    }
    return answer;
  }
}
