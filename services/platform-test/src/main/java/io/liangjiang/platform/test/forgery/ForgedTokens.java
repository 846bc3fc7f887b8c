package io.liangjiang.platform.test.forgery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All forgeries, more than a thousand; made once, because keys are dear. */
public final class ForgedTokens {
  private ForgedTokens() {}

  /** Every variant of every attack. */
  public static List<Forgery> all() {
    return Holder.ALL;
  }

  /** The first sendable variants of each attack, at most so many of each. */
  public static List<Forgery> someOfEach(int variants) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    return all().stream()
        .filter(Forgery::isSendable)
        .filter(forgery -> seen.merge(forgery.family(), 1, Integer::sum) <= variants)
        .toList();
  }

  /** Which of them a verifier accepts. */
  public static List<Forgery> acceptedBy(Predicate<String> verifier) {
    return all().stream().filter(forgery -> verifier.test(forgery.token())).toList();
  }

  private static List<Forgery> make() {
    var attack = new Attack();
    new AlgorithmForgeries(attack).add();
    new KeyForgeries(attack).add();
    new ClaimForgeries(attack).add();
    new ShapeForgeries(attack).add();
    return attack.all();
  }

  private static final class Holder {
    static final List<Forgery> ALL = make();
  }
}
