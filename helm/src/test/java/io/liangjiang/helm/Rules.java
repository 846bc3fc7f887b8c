package io.liangjiang.helm;

import java.util.List;
import java.util.stream.Stream;

/** Every rule that the chart is held to. */
final class Rules {
  private Rules() {}

  static List<Rule> all() {
    return Stream.of(
            PodRules.all(),
            RunningRules.all(),
            WorkloadRules.all(),
            NetworkRules.all(),
            SecretRules.all(),
            DataRules.all(),
            MigrationRules.all(),
            TlsRules.all(),
            HttpsRules.all())
        .flatMap(rules -> rules)
        .toList();
  }
}
