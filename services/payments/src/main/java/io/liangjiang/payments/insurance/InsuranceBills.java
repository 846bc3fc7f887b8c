package io.liangjiang.payments.insurance;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.insurance.InsuranceBureau.Entry;
import io.liangjiang.payments.insurance.InsuranceBureau.Statement;
import io.liangjiang.payments.v1.Channel;
import io.quarkus.arc.lookup.LookupUnlessProperty;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The bureau's statements as bills of MEDICAL_INSURANCE; a city without a bureau has none. */
@Singleton
@LookupUnlessProperty(name = "liangjiang.insurance.base-url", stringValue = "")
class InsuranceBills implements BillSource {
  private static final String DONE = "SUCCESS";

  private final InsuranceBureau bureau;

  InsuranceBills(InsuranceBureau bureau) {
    this.bureau = bureau;
  }

  @Override
  public Channel channel() {
    return Channel.MEDICAL_INSURANCE;
  }

  @Override
  public Uni<Optional<DailyBill>> bill(LocalDate day) {
    return bureau.statement(day).map(statement -> Optional.of(bill(statement, day)));
  }

  /** The statement has no times; each of its rows is of the day. */
  private static DailyBill bill(Statement statement, LocalDate day) {
    Instant start = BusinessDate.startOf(day);
    List<Row> rows = statement.entries().stream().map(entry -> row(entry, start)).toList();
    var sums = new FundFlow(statement.settledMinor(), statement.reversedMinor(), 0);
    return new DailyBill(statement.sha1(), statement.sha1(), rows, sums);
  }

  private static Row row(Entry entry, Instant time) {
    return new Row(
        entry.isReversal(), entry.number(), entry.number(), DONE, entry.amountMinor(), time);
  }
}
