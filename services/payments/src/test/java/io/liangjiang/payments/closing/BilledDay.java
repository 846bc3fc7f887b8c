package io.liangjiang.payments.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.payments.v1.ReconciliationBreak.State;
import io.liangjiang.payments.v1.ReconciliationBreak.Type;
import java.time.LocalDate;

/** A day that no other test has had, with its channel and its bill. Closing it checks the books. */
final class BilledDay implements AutoCloseable {
  private final BilledCity city;
  private final Counterpart channel = new Counterpart();
  private final LocalDate date;
  private final BillFixture bill;

  private BilledDay(BilledCity city, LocalDate date) {
    this.city = city;
    this.date = date;
    this.bill = new BillFixture(date);
    city.noon(date);
  }

  /** The first day from then on that nobody has had; it is noon. */
  static BilledDay from(BilledCity city, LocalDate first) {
    LocalDate day = first;
    while (!city.isUntouched(day)) {
      day = day.plusDays(2);
    }
    return new BilledDay(city, day);
  }

  LocalDate date() {
    return date;
  }

  Counterpart channel() {
    return channel;
  }

  BillFixture bill() {
    return bill;
  }

  /** Bill and books agree, however often they are matched. */
  void settled(BillFixture bills) {
    city.nextMorning(date);
    city.importBills(channel, bills, date);
    city.requireNoBreaks(date);
    city.importBills(date);
    city.requireNoBreaks(date);
  }

  /** There is this one break, however often the bills are matched. */
  ReconciliationBreak broken(BillFixture bills, Type type) {
    city.nextMorning(date);
    city.importBills(channel, bills, date);
    city.importBills(date);
    var only = city.onlyBreak(date);
    assertThat(only.getType()).isEqualTo(type);
    assertThat(only.getState()).isEqualTo(State.OPEN);
    return only;
  }

  @Override
  public void close() {
    channel.close();
    city.requireZeroBooks();
    city.clock.reset();
  }
}
