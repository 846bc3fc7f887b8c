package io.liangjiang.payments.payout;

import io.liangjiang.platform.time.TimeOrderedId;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The bank over HTTP, as the sandbox speaks it. A request is signed; an answer whose signature does
 * not fit says nothing. Bodies are never logged: they hold account numbers.
 */
@Singleton
@DefaultBean
class BankPayoutChannel implements PayoutChannel {
  private static final String PATH = "/bank/payouts";
  private static final int MAX_BODY_BYTES = 16_384;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final BankSettings settings;
  private final BankSeal seal;
  private final HttpClient client;
  private final InstantSource clock;

  BankPayoutChannel(BankSettings settings, Vertx vertx, InstantSource clock) {
    this.settings = settings;
    this.seal = new BankSeal(settings.key());
    this.client = vertx.createHttpClient();
    this.clock = clock;
  }

  @PreDestroy
  void close() {
    client.closeAndForget();
  }

  @Override
  public boolean isSetUp() {
    return settings.baseUrl().isPresent();
  }

  @Override
  public Uni<Answer> pay(Instruction instruction) {
    String body =
        JsonObject.of(
                "payoutNumber", instruction.payoutNumber(),
                "bankCode", instruction.account().bankCode(),
                "accountNumber", instruction.account().number(),
                "accountName", instruction.account().name(),
                "amountFen", instruction.amountMinor())
            .encode();
    String nonce = TimeOrderedId.next(clock).toString();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.baseUrl().orElseThrow() + PATH)
                .putHeader("Content-Type", "application/json")
                .putHeader("Bank-Timestamp", timestamp)
                .putHeader("Bank-Nonce", nonce)
                .putHeader("Bank-Signature", seal.ofRequest("POST", PATH, timestamp, nonce, body)))
        .chain(request -> request.send(body))
        .chain(response -> read(response, nonce, instruction.payoutNumber()))
        .ifNoItem()
        .after(settings.callTimeout())
        .fail();
  }

  private Uni<Answer> read(HttpClientResponse response, String nonce, String payoutNumber) {
    String signature = response.getHeader("Bank-Signature");
    return Uni.createFrom()
        .<Buffer>emitter(emitter -> collect(response.getDelegate(), emitter))
        .map(Buffer::toString)
        .map(
            body -> {
              requireSignature(response.statusCode(), nonce, body, signature);
              return answer(response.statusCode(), new JsonObject(body), payoutNumber);
            });
  }

  private void requireSignature(int status, String nonce, String body, @Nullable String signature) {
    if (signature == null || !seal.isOfAnswer(status, nonce, body, signature)) {
      throw new IllegalStateException("an answer with HTTP status " + status + ", not the bank's");
    }
  }

  private static Answer answer(int status, JsonObject said, String payoutNumber) {
    if (status == BAD_REQUEST) {
      return new Refused(said.getString("code", ""));
    }
    if (status != OK || !payoutNumber.equals(said.getString("payoutNumber"))) {
      throw new IllegalStateException("HTTP status " + status + " " + said.getString("code"));
    }
    return switch (said.getString("state", "")) {
      case "PROCESSING" -> new Accepted();
      case "PAID" -> new Paid(said.getString("bankReference", ""));
      case "REFUSED" -> new Refused(said.getString("refusal", ""));
      default -> throw new IllegalStateException("a state that the bank does not have");
    };
  }

  private static void collect(
      io.vertx.core.http.HttpClientResponse response, UniEmitter<? super Buffer> emitter) {
    Buffer all = Buffer.buffer();
    response.exceptionHandler(emitter::fail);
    response.endHandler(ended -> emitter.complete(all));
    response.handler(
        part -> {
          all.appendBuffer(part);
          if (all.length() > MAX_BODY_BYTES) {
            emitter.fail(new IllegalStateException("the answer is too long"));
            var unused = response.request().reset();
          }
        });
  }
}
