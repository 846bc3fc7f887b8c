package io.liangjiang.payments.payout;

import io.liangjiang.payments.sealed.SealedClient;
import io.liangjiang.payments.sealed.SealedClient.Said;
import io.liangjiang.payments.sealed.SealedClient.Server;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** The bank over HTTP, as the sandbox speaks it. */
@Singleton
@DefaultBean
class BankPayoutChannel implements PayoutChannel {
  private static final int BAD_REQUEST = 400;

  private final BankSettings settings;
  private final SealedClient client;

  BankPayoutChannel(BankSettings settings, Vertx vertx, InstantSource clock) {
    this.settings = settings;
    this.client =
        new SealedClient(
            new Server(
                "Bank", settings.baseUrl().orElse(""), settings.key(), settings.callTimeout()),
            vertx,
            clock);
  }

  @PreDestroy
  void close() {
    client.close();
  }

  @Override
  public boolean isSetUp() {
    return settings.baseUrl().isPresent();
  }

  @Override
  public Duration callTimeout() {
    return settings.callTimeout();
  }

  @Override
  public Uni<Answer> pay(Instruction instruction) {
    var body =
        JsonObject.of(
            "payoutNumber", instruction.payoutNumber(),
            "bankCode", instruction.account().bankCode(),
            "accountNumber", instruction.account().number(),
            "accountName", instruction.account().name(),
            "amountFen", instruction.amountMinor());
    return client.post("/bank/payouts", body).map(said -> answer(said, instruction.payoutNumber()));
  }

  private static Answer answer(Said said, String payoutNumber) {
    JsonObject body = said.body();
    if (said.status() == BAD_REQUEST) {
      return new Refused(body.getString("code", ""));
    }
    said.requireAbout("payoutNumber", payoutNumber);
    return switch (body.getString("state", "")) {
      case "PROCESSING" -> new Accepted();
      case "PAID" -> new Paid(body.getString("bankReference", ""));
      case "REFUSED" -> new Refused(body.getString("refusal", ""));
      default -> throw new IllegalStateException("a state that the bank does not have");
    };
  }
}
