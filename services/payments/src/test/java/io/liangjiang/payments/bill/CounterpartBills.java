package io.liangjiang.payments.bill;

import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The bills of the tests' own channel: one day with a stranger's payment, nothing else. */
@Singleton
class CounterpartBills implements BillSource {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 29);

  @Override
  public Channel channel() {
    return Channel.SANDBOX_PAY;
  }

  @Override
  public Uni<Optional<DailyBill>> bill(LocalDate day) {
    return Uni.createFrom().item(day.equals(DAY) ? Optional.of(bill()) : Optional.empty());
  }

  private static DailyBill bill() {
    var stranger =
        new Row(
            false,
            "2026042900000000000000000000",
            "4200000000202604290000000000",
            "SUCCESS",
            500,
            Instant.parse("2026-04-29T04:00:00Z"));
    return new DailyBill(
        "a9993e364706816aba3e25717850c26c9cd0d89d",
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        List.of(stranger),
        new FundFlow(500, 0, 3));
  }
}
