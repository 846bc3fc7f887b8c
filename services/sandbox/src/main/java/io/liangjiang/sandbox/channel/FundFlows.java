package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.store.Store;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The daily bill of the account: every movement of its balance, in yuan, in the published layout.
 */
@Singleton
final class FundFlows {
  private static final String NEWLINE = "\r\n";
  private static final String HEADER =
      "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
  private static final String TOTAL_HEADER = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";
  private static final String INCOME = "收入";
  private static final String EXPENSE = "支出";
  private static final String BALANCE_BEFORE =
      """
      select (select coalesce(sum(amount_fen - round(amount_fen * 0.006)), 0) from payment
               where paid_at < ?)
           - (select coalesce(sum(amount_fen - round(amount_fen * 0.006)), 0) from refund
               where created_at < ?)
      """;

  private final Store store;
  private final Bills bills;

  FundFlows(Store store, Bills bills) {
    this.store = store;
    this.bills = bills;
  }

  /** A movement; the amount is below zero when money went out. */
  private record Flow(BillLine line, String type, BigDecimal yuan) {}

  /** The file of a day, +08:00. Errors: NO_STATEMENT_EXIST when nothing moved. */
  String of(LocalDate day) {
    List<Flow> flows = bills.read(day).stream().flatMap(FundFlows::flows).toList();
    if (flows.isEmpty()) {
      throw ChannelErrors.noBill();
    }
    List<String> file = new ArrayList<>(List.of(HEADER));
    BigDecimal balance = balanceBefore(day);
    for (int i = 0; i < flows.size(); i++) {
      balance = balance.add(flows.get(i).yuan());
      file.add(text(flows.get(i), day, i, balance));
    }
    file.add(TOTAL_HEADER);
    file.add(totals(flows));
    return file.stream().collect(Collectors.joining(NEWLINE, "", NEWLINE));
  }

  private static Stream<Flow> flows(BillLine line) {
    Flow money =
        line.isRefund()
            ? new Flow(line, "退款", BillLine.yuan(-line.fen()))
            : new Flow(line, "交易", BillLine.yuan(line.paidFen()));
    BigDecimal fee = line.fee();
    return fee.signum() == 0
        ? Stream.of(money)
        : Stream.of(money, new Flow(line, "扣除交易手续费", fee.negate()));
  }

  private BigDecimal balanceBefore(LocalDate day) {
    Instant start = ChannelTime.startOf(day);
    return store.inTransaction(
        tx ->
            tx.first(BALANCE_BEFORE, row -> BillLine.yuan(row.getLong(1)), start, start)
                .orElseThrow());
  }

  private static String text(Flow flow, LocalDate day, int index, BigDecimal balance) {
    BillLine line = flow.line();
    return fields(
        Stream.of(
            ChannelTime.bill(line.time()),
            line.isRefund() ? line.refundId() : line.payment().transactionId(),
            day.toString().replace("-", "") + String.format("%010d", index + 1),
            line.isRefund() ? "退款" : "交易",
            flow.type(),
            flow.yuan().signum() < 0 ? EXPENSE : INCOME,
            flow.yuan().abs().toPlainString(),
            balance.toPlainString(),
            "system",
            "",
            line.isRefund() ? line.outRefundNo() : line.payment().outTradeNo()));
  }

  private static String totals(List<Flow> flows) {
    List<BigDecimal> in = flows.stream().map(Flow::yuan).filter(y -> y.signum() >= 0).toList();
    List<BigDecimal> out = flows.stream().map(Flow::yuan).filter(y -> y.signum() < 0).toList();
    return fields(
        Stream.of(
            Integer.toString(flows.size()),
            Integer.toString(in.size()),
            sum(in).toPlainString(),
            Integer.toString(out.size()),
            sum(out).abs().toPlainString()));
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BillLine.yuan(0), BigDecimal::add);
  }

  private static String fields(Stream<String> fields) {
    return fields.map(field -> "`" + field).collect(Collectors.joining(","));
  }
}
