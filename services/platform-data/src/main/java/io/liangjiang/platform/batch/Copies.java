package io.liangjiang.platform.batch;

import com.google.protobuf.Message;
import io.liangjiang.platform.batch.OnceEach.Claimed;
import io.liangjiang.platform.data.Remembered;
import io.liangjiang.platform.data.RequestClaim;
import io.liangjiang.platform.data.RequestClaim.Key;
import io.liangjiang.platform.errors.ServiceException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that came together: which are new, and whose outcome the others share. */
final class Copies<I, R extends Message> {
  private final List<Claimed<I>> requests;
  private final Map<Key, Remembered> known;
  private final R defaultResponse;
  private final Map<Key, Claimed<I>> fresh = new LinkedHashMap<>();

  /**
   * Sorts them.
   *
   * @param known what happened before
   */
  Copies(List<Claimed<I>> requests, Map<Key, Remembered> known, R defaultResponse) {
    this.requests = requests;
    this.known = known;
    this.defaultResponse = defaultResponse;
    for (Claimed<I> request : requests) {
      if (!known.containsKey(request.claim().key())) {
        fresh.putIfAbsent(request.claim().key(), request);
      }
    }
  }

  /** The first of each that did not happen before. */
  List<Claimed<I>> fresh() {
    return List.copyOf(fresh.values());
  }

  /**
   * One outcome a request.
   *
   * @param freshOutcomes one of each that is fresh, in their order
   */
  List<Outcome<R>> outcomes(List<Outcome<R>> freshOutcomes) {
    Map<RequestClaim, Outcome<R>> now = new HashMap<>();
    for (Claimed<I> request : fresh.values()) {
      now.put(request.claim(), freshOutcomes.get(now.size()));
    }
    return requests.stream().map(request -> outcome(request.claim(), now)).toList();
  }

  private Outcome<R> outcome(RequestClaim claim, Map<RequestClaim, Outcome<R>> now) {
    Remembered before = known.get(claim.key());
    if (before != null) {
      return replayed(before, claim);
    }
    Outcome<R> outcome = now.get(claim);
    return outcome == null ? Outcome.refused(Remembered.reused()) : outcome;
  }

  private Outcome<R> replayed(Remembered before, RequestClaim claim) {
    try {
      return Outcome.done(before.answerTo(claim, defaultResponse));
    } catch (ServiceException reused) {
      return Outcome.refused(reused);
    }
  }
}
