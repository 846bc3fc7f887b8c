package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.phone.Phone;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Citizens who read, fill their wallets and renew their sessions, one thing after the other, and
 * send again with the same key whatever was not answered.
 */
final class UpgradeLoad implements AutoCloseable {
  /** What one top-up brings. */
  static final long TOP_UP_FEN = 100;

  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int ROUNDS_A_REFRESH = 5;

  /**
   * What one citizen did.
   *
   * @param citizen with the token of the beginning
   * @param topUps ids of the answers
   * @param sent how many top-ups were wanted
   */
  record Account(Citizen citizen, Set<String> topUps, int sent) {}

  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private final List<HttpClient> clients =
      Stream.of(HttpClient.Version.values())
          .map(version -> HttpClient.newBuilder().version(version).build())
          .toList();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<Account>> citizens = new ArrayList<>();
  private final URI gateway;
  private volatile boolean over;

  UpgradeLoad(String gateway) {
    this.gateway = URI.create(gateway);
  }

  /** Every other citizen's phone speaks HTTP/2. */
  void begin(List<Citizen> all) {
    for (Citizen citizen : all) {
      HttpClient http = clients.get(citizens.size() % clients.size());
      citizens.add(threads.submit(() -> live(citizen, http)));
    }
  }

  /** Everything that was heard until now. */
  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** Ends the load; fails with whoever was not served in time. */
  List<Account> end() throws InterruptedException {
    over = true;
    List<Account> accounts = new ArrayList<>();
    for (Future<Account> citizen : citizens) {
      try {
        accounts.add(citizen.get());
      } catch (ExecutionException e) {
        throw new AssertionError("a citizen gave up: " + e.getCause(), e);
      }
    }
    return accounts;
  }

  private Account live(Citizen citizen, HttpClient http) {
    Phone nobody = Phone.anonymous(http, gateway);
    Phone phone = nobody.with(citizen.accessToken());
    String refreshToken = citizen.refreshToken();
    Set<String> topUps = new HashSet<>();
    int rounds = 0;
    while (!over) {
      read(phone, "/v1/citizens/me");
      read(phone, "/v1/wallets/me");
      Map<String, Object> body =
          Map.of("amount", Citizen.money(TOP_UP_FEN), "channel", "SANDBOX_PAY");
      topUps.add(send(phone, "/v1/wallets/me/topUps", body).text("/topUpId"));
      rounds++;
      if (rounds % ROUNDS_A_REFRESH == 0) {
        Answer session = send(nobody, "/v1/sessions:refresh", Map.of("refreshToken", refreshToken));
        refreshToken = session.text("/refreshToken");
        phone = nobody.with(session.text("/accessToken"));
      }
    }
    return new Account(citizen, topUps, rounds);
  }

  private void read(Phone phone, String path) {
    untilAnswered("GET " + path, () -> phone.get(path));
  }

  private Answer send(Phone phone, String path, Object body) {
    UUID key = UUID.randomUUID();
    return untilAnswered("POST " + path, () -> phone.post(path, body, key));
  }

  private Answer untilAnswered(String what, Supplier<Answer> request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        Answer answer = request.get();
        heard.add(new Heard(what, answer.status(), answer.reason()));
        if (answer.status() == 200) {
          Eventually.pause(PAUSE);
          return answer;
        }
      } catch (NoAnswer e) {
        heard.add(Heard.broken(what + ": " + e.getMessage()));
      }
      Eventually.pause(PAUSE_AFTER_REFUSAL);
    }
    throw new AssertionError(what + " was not answered in " + PATIENCE);
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
    clients.forEach(HttpClient::close);
  }
}
