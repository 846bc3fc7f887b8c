package io.liangjiang.payments.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.merchant.MerchantRun.Failure;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerchantRunsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void oneThatFailsHoldsUpNobodyAndIsNamedWithItsReason() {
    var run =
        over(
            merchant ->
                switch (merchant.id()) {
                  case "a" ->
                      Uni.createFrom()
                          .failure(
                              new ServiceException(PaymentsReason.ACCOUNT_CLOSED, "it is closed"));
                  case "b" -> throw new IllegalStateException("a table's name");
                  case "c" -> Uni.createFrom().item(Optional.empty());
                  default -> Uni.createFrom().item(Optional.of(merchant.id()));
                });

    assertThat(run.made()).containsExactly("d");
    assertThat(run.failures())
        .containsExactly(
            new Failure("a", "ACCOUNT_CLOSED", "it is closed"), new Failure("b", "INTERNAL", ""));
    assertThat(run.nextAfter()).isEqualTo("d");
  }

  private static MerchantRun<String> over(Function<Merchant, Uni<Optional<String>>> step) {
    List<Merchant> page = Stream.of("a", "b", "c", "d").map(MerchantRunsTest::merchant).toList();
    return MerchantRuns.over(page, page.size(), "test", step).await().atMost(LIMIT);
  }

  private static Merchant merchant(String id) {
    var terms = new Merchant.Terms(0, 1, 3_000, List.of());
    return new Merchant(id, id, State.ACTIVE, terms, null, 1, Instant.EPOCH);
  }
}
