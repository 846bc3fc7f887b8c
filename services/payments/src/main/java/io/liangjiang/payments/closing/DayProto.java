package io.liangjiang.payments.closing;

import io.liangjiang.payments.bill.Bill;
import io.liangjiang.payments.closing.Day.Closing;
import io.liangjiang.payments.closing.Day.Total;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.BusinessDay;
import io.liangjiang.payments.v1.BusinessDay.ChannelBill;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Between business days and their contract. */
final class DayProto {
  private DayProto() {}

  static BusinessDay of(Day day, List<Bill> bills, int openBreaks) {
    var proto =
        BusinessDay.newBuilder()
            .setBusinessDate(day.date().toString())
            .setState(day.isClosed() ? BusinessDay.State.CLOSED : BusinessDay.State.OPEN)
            .addAllBills(bills.stream().map(DayProto::bill).toList())
            .setOpenBreakCount(openBreaks);
    Closing closing = day.closing();
    if (closing != null) {
      addClosing(proto, closing);
    }
    return proto.build();
  }

  private static void addClosing(BusinessDay.Builder proto, Closing closing) {
    UUID last = closing.lastTransferId();
    proto
        .addAllTotals(closing.totals().stream().map(DayProto::total).toList())
        .setTransferCount(closing.transferCount())
        .setLastTransferId(last == null ? "" : last.toString())
        .setCloseTime(ProtoTime.timestamp(closing.time()))
        .setClosedBy(closing.by());
  }

  private static ChannelBill bill(Bill bill) {
    var proto =
        ChannelBill.newBuilder()
            .setChannel(bill.channel())
            .setState(bill.isImported() ? ChannelBill.State.IMPORTED : ChannelBill.State.EXPECTED);
    Instant importTime = bill.importTime();
    if (importTime == null) {
      return proto.build();
    }
    return proto
        .setRowCount(bill.rowCount())
        .setPaidAmount(Amounts.cny(bill.paidMinor()))
        .setRefundedAmount(Amounts.cny(bill.refundedMinor()))
        .setFeeAmount(Amounts.cny(bill.feeMinor()))
        .setImportTime(ProtoTime.timestamp(importTime))
        .build();
  }

  private static BusinessDay.Total total(Total total) {
    return BusinessDay.Total.newBuilder()
        .setKind(total.kind())
        .setCurrencyCode(total.currencyCode())
        .setDebitsMinor(total.debitsMinor())
        .setCreditsMinor(total.creditsMinor())
        .build();
  }
}
