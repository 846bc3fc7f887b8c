package io.liangjiang.payments.insurance;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.sealed.SealedClient;
import io.liangjiang.payments.sealed.SealedClient.Said;
import io.liangjiang.payments.sealed.SealedClient.Server;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import org.jboss.logging.Logger;

/** The bureau over HTTP, as the sandbox speaks it. */
@Singleton
@DefaultBean
class HttpInsuranceBureau implements InsuranceBureau {
  private static final Logger LOG = Logger.getLogger(HttpInsuranceBureau.class);
  private static final String PATH = "/insurance/settlements";
  private static final String NUMBER = "settlementNumber";
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final InsuranceSettings settings;
  private final SealedClient client;

  HttpInsuranceBureau(InsuranceSettings settings, Vertx vertx, InstantSource clock) {
    this.settings = settings;
    this.client =
        new SealedClient(
            new Server(
                "Insurance", settings.baseUrl().orElse(""), settings.key(), settings.callTimeout()),
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
  public Uni<Split> split(Bill bill) {
    var body =
        JsonObject.of(
            NUMBER,
            bill.number(),
            "payAuthNo",
            bill.authorization(),
            "institution",
            bill.institution(),
            "totalFen",
            bill.totalMinor());
    return believed(client.post(PATH, body).map(said -> split(said, bill)));
  }

  @Override
  public Uni<State> query(String number) {
    return believed(client.get(PATH + "/" + number).map(said -> state(said, number)));
  }

  @Override
  public Uni<State> reverse(String number) {
    return believed(
        client
            .post(PATH + "/" + number + "/reversal", new JsonObject())
            .map(said -> said.status() == CONFLICT ? State.KEPT : state(said, number)));
  }

  @Override
  public Uni<Statement> statement(LocalDate day) {
    return believed(
        client.get("/insurance/statements/" + day).map(said -> StatementText.read(said, day)));
  }

  private static Split split(Said said, Bill bill) {
    JsonObject body = said.body();
    if (said.status() == BAD_REQUEST) {
      throw new Refused(body.getString("code", ""));
    }
    said.requireAbout(NUMBER, bill.number());
    var split =
        new Split(
            body.getString("payOrderId"),
            body.getLong("govFen"),
            body.getLong("selfFen"),
            body.getLong("otherFen"),
            body.getLong("cashFen"));
    if (split.insuredMinor() + split.cashMinor() != bill.totalMinor()) {
      throw new IllegalStateException("a split that does not add up");
    }
    return split;
  }

  private static State state(Said said, String number) {
    if (said.status() == NOT_FOUND) {
      return State.UNKNOWN;
    }
    said.requireAbout(NUMBER, number);
    return State.valueOf(said.body().getString("state"));
  }

  private static <T> Uni<T> believed(Uni<T> call) {
    return call.onFailure(failure -> !(failure instanceof Refused))
        .transform(
            failure -> {
              LOG.warnf("the insurance bureau did not answer as it should: %s", failure.toString());
              return new ServiceException(
                      PaymentsReason.CHANNEL_UNAVAILABLE, "The insurance bureau does not answer")
                  .with("channel", "MEDICAL_INSURANCE")
                  .retryAfter(RETRY_DELAY);
            });
  }
}
