package io.liangjiang.platform.batch;

import com.google.protobuf.Message;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.RequestClaim;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Many requests that each happen once, in one transaction: what {@link Idempotency} does for one.
 */
@ApplicationScoped
public class OnceEach {
  /** A request, and what its effect needs to know. */
  public record Claimed<I>(RequestClaim claim, I item) {}

  private final Idempotency idempotency;

  OnceEach(Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  /**
   * Runs the effect of those that did not happen before; one outcome a request, in the same order.
   * A refused one is not remembered; copies among the requests share an outcome. Errors of one:
   * REQUEST_ID_REUSED, and those of the effect.
   *
   * <p>All fail when another transaction remembers one of them meanwhile ({@link
   * #isKnownMeanwhile}): tried again, that one is known. Effects of copies in two transactions must
   * exclude each other.
   *
   * @param defaultResponse the default instance of the response type
   * @param effect one outcome an item, in the same order; not run when there is none
   */
  public <I, R extends Message> Uni<List<Outcome<R>>> run(
      SqlConnection tx,
      List<Claimed<I>> requests,
      R defaultResponse,
      Function<List<I>, Uni<List<Outcome<R>>>> effect) {
    return idempotency
        .find(tx, requests.stream().map(Claimed::claim).toList())
        .chain(
            known -> {
              var copies = new Copies<I, R>(requests, known, defaultResponse);
              List<Claimed<I>> fresh = copies.fresh();
              if (fresh.isEmpty()) {
                return Uni.createFrom().item(copies.outcomes(List.of()));
              }
              return effect
                  .apply(fresh.stream().map(Claimed::item).toList())
                  .call(outcomes -> remember(tx, fresh, outcomes))
                  .map(copies::outcomes);
            });
  }

  /**
   * Whether a batch failed because another transaction remembered one of its requests meanwhile.
   */
  public static boolean isKnownMeanwhile(Throwable failure) {
    return DatabaseErrors.isUniqueViolation(failure, "idempotency_record_pkey");
  }

  private <I, R extends Message> Uni<Void> remember(
      SqlConnection tx, List<Claimed<I>> requests, List<Outcome<R>> outcomes) {
    List<RequestClaim> claims = new ArrayList<>();
    List<R> answers = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Done<R>(R answer)) {
        claims.add(requests.get(i).claim());
        answers.add(answer);
      }
    }
    return idempotency.remember(tx, claims, answers);
  }
}
