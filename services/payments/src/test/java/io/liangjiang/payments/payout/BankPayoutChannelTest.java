package io.liangjiang.payments.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.payout.PayoutChannel.Accepted;
import io.liangjiang.payments.payout.PayoutChannel.Answer;
import io.liangjiang.payments.payout.PayoutChannel.Instruction;
import io.liangjiang.payments.payout.PayoutChannel.Paid;
import io.liangjiang.payments.payout.PayoutChannel.Refused;
import io.liangjiang.payments.sealed.Seal;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client of the bank against a server that signs as the bank does, or as told. */
class BankPayoutChannelTest {
  private static final String NUMBER = "0123456789abcdef0123456789abcdef";
  private static final String KEY = "a key of the city's own, long enough";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<String> seen = new AtomicReference<>("");
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";
  private String signingKey = KEY;
  private String nonce = "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/bank/payouts", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    vertx.close().await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void sendsASignedInstructionAndReadsThatItWasPaid() {
    answer = state("PAID", "\"bankReference\":\"B1\"");

    assertThat(pay()).isEqualTo(new Paid("B1"));
    assertThat(seen.get())
        .isEqualTo(
            "{\"payoutNumber\":\""
                + NUMBER
                + "\",\"bankCode\":\"ICBC\",\"accountNumber\":\"6222020200112233445\","
                + "\"accountName\":\"索道\",\"amountFen\":500}");
  }

  @Test
  void readsWaitingAndRefusal() {
    answer = state("PROCESSING", "\"refusal\":\"\"");
    assertThat(pay()).isEqualTo(new Accepted());

    answer = state("REFUSED", "\"refusal\":\"ACCOUNT_CLOSED\"");
    assertThat(pay()).isEqualTo(new Refused("ACCOUNT_CLOSED"));

    status = 400;
    answer = "{\"code\":\"UNKNOWN_BANK\",\"message\":\"\"}";
    assertThat(pay()).isEqualTo(new Refused("UNKNOWN_BANK"));
  }

  @Test
  void believesNothingThatTheBankDidNotSign() {
    answer = state("PAID", "\"bankReference\":\"B1\"");
    signingKey = "another key";
    assertThatThrownBy(this::pay).hasMessageContaining("not the Bank's");

    signingKey = KEY;
    nonce = "the nonce of another request";
    assertThatThrownBy(this::pay).hasMessageContaining("not the Bank's");
  }

  @Test
  void knowsNothingWhenTheBankIsNotWellOrSpeaksOfAnother() {
    status = 500;
    assertThatThrownBy(this::pay).hasMessageContaining("500");
    status = 409;
    assertThatThrownBy(this::pay).hasMessageContaining("409");

    status = 200;
    answer = state("PAID", "\"bankReference\":\"B1\"").replace(NUMBER, "f".repeat(32));
    assertThatThrownBy(this::pay).isInstanceOf(IllegalStateException.class);
    server.stop(0);
    assertThatThrownBy(this::pay).isNotNull();
  }

  /** The same text and signature stand in the sandbox's test: both sides sign alike. */
  @Test
  void signsAsTheBankDoes() {
    var seal = new Seal(BankSettings.DEVELOPMENT_KEY);

    assertThat(
            seal.isOfAnswer(
                200,
                "nonce",
                "{}",
                "3082919d228755a6b805ef03bea8a768256bb8f255a40e1b491909af757f12b0"))
        .isTrue();
  }

  @Test
  void productionNeedsTlsAndAKeyOfItsOwn() {
    assertThat(new BankCheck(settings("http://bank", BankSettings.DEVELOPMENT_KEY)).problems())
        .hasSize(2);
    assertThat(new BankCheck(settings("https://bank", KEY)).problems()).isEmpty();
    assertThat(new BankCheck(settings("https://bank", "short")).problems()).hasSize(1);
    assertThat(new BankCheck(settings("", BankSettings.DEVELOPMENT_KEY)).problems()).isEmpty();
  }

  private Answer pay() {
    var channel =
        new BankPayoutChannel(
            settings("http://localhost:" + server.getAddress().getPort(), KEY),
            vertx,
            InstantSource.system());
    var account = new BankAccount("ICBC", "6222020200112233445", "索道");
    return channel
        .pay(new Instruction(NUMBER, account, 500))
        .await()
        .atMost(Duration.ofSeconds(60));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    String sent = headers.getFirst("Bank-Nonce");
    String expected =
        new Seal(KEY)
            .ofRequest("POST", "/bank/payouts", headers.getFirst("Bank-Timestamp"), sent, body);
    seen.set(expected.equals(headers.getFirst("Bank-Signature")) ? body : "not signed right");
    String signedNonce = nonce.isEmpty() ? sent : nonce;
    exchange.getResponseHeaders().set("Bank-Signature", answerSignature(signedNonce));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String answerSignature(String signedNonce) {
    return new Seal(signingKey).sign(Integer.toString(status), signedNonce, answer);
  }

  private static String state(String state, String more) {
    return "{\"payoutNumber\":\"" + NUMBER + "\",\"state\":\"" + state + "\"," + more + "}";
  }

  private static BankSettings settings(String url, String key) {
    return new BankSettings() {
      @Override
      public Optional<String> baseUrl() {
        return url.isEmpty() ? Optional.empty() : Optional.of(url);
      }

      @Override
      public String key() {
        return key;
      }

      @Override
      public Duration callTimeout() {
        return Duration.ofSeconds(30);
      }
    };
  }
}
