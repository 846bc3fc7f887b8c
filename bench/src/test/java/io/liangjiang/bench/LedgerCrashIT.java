package io.liangjiang.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The first rounds of {@code make crash}, in the ordinary suite: payments, its database and both
 * are killed under load; nothing acknowledged is lost, nothing is booked twice, the books are zero.
 */
class LedgerCrashIT {
  private static final int ROUNDS = 5;

  @Test
  void losesAndDoublesNothing() throws Exception {
    Bench.logWarningsOnly();
    Path checkout = Path.of(System.getProperty("liangjiang.checkout"));

    assertThat(LedgerCrash.run(checkout, ROUNDS))
        .matches("survived 5 crashes: [1-9][0-9]* transfers acknowledged, each booked once");
  }
}
