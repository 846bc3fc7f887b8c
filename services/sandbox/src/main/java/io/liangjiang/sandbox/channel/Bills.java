package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The daily bill: what was paid and given back in a day, in yuan, in the layout published. */
@Singleton
final class Bills {
  private static final String NEWLINE = "\r\n";
  private static final String HEADER =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTAL_HEADER = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
  private static final String FEE_RATE_TEXT = "0.60%";

  private static final String LINES =
      """
      select p.paid_at as happened_at, p.*, null as refund_id, null as out_refund_no,
             null as refund_state, 0::bigint as given_back_fen
        from payment p where p.paid_at >= ? and p.paid_at < ?
      union all
      select r.created_at, p.*, r.refund_id, r.out_refund_no, r.state, r.amount_fen
        from refund r join payment p using (out_trade_no)
       where r.created_at >= ? and r.created_at < ?
      order by 1, out_trade_no
      """;

  private final Store store;
  private final ChannelKeys keys;
  private final Faults faults;

  Bills(Store store, ChannelKeys keys, Faults faults) {
    this.store = store;
    this.keys = keys;
    this.faults = faults;
  }

  /** Which lines a bill has. */
  enum Type {
    /** Payments and refunds. */
    ALL,
    /** Payments. */
    SUCCESS,
    /** Refunds. */
    REFUND
  }

  /** The file of a day, +08:00. Errors: NO_STATEMENT_EXIST when nothing happened. */
  String of(LocalDate day, Type type) {
    List<BillLine> lines = lines(day).stream().filter(line -> belongs(line, type)).toList();
    if (lines.isEmpty()) {
      throw ChannelErrors.noBill();
    }
    return Stream.of(
            Stream.of(HEADER),
            lines.stream().map(this::text),
            Stream.of(TOTAL_HEADER, totals(lines)))
        .flatMap(part -> part)
        .collect(Collectors.joining(NEWLINE, "", NEWLINE));
  }

  /** The lines of a day as the channel states them, faults included. */
  private List<BillLine> lines(LocalDate day) {
    return BillFaults.of(faults.now().bills()).apply(read(day));
  }

  /** The lines of a day as they are in the books. */
  List<BillLine> read(LocalDate day) {
    Instant from = ChannelTime.startOf(day);
    Instant to = ChannelTime.startOf(day.plusDays(1));
    return store.inTransaction(tx -> tx.list(LINES, Bills::line, from, to, from, to));
  }

  private static boolean belongs(BillLine line, Type type) {
    return type == Type.ALL || line.isRefund() == (type == Type.REFUND);
  }

  private static BillLine line(ResultSet row) throws SQLException {
    return new BillLine(
        Tx.instant(row, "happened_at"),
        Payment.read(row),
        row.getString("refund_id") == null ? row.getLong("amount_fen") : 0,
        row.getString("refund_id"),
        row.getString("out_refund_no"),
        row.getString("refund_state"),
        row.getLong("given_back_fen"));
  }

  private String text(BillLine line) {
    Payment payment = line.payment();
    String paid = money(line.paidFen());
    String back = money(line.fen());
    return Stream.of(
            ChannelTime.bill(line.time()),
            payment.appId(),
            keys.merchantId(),
            "0",
            "",
            payment.transactionId(),
            payment.outTradeNo(),
            payment.openId(),
            "JSAPI",
            line.isRefund() ? "REFUND" : "SUCCESS",
            "OTHERS",
            "CNY",
            paid,
            "0.00",
            line.isRefund() ? line.refundId() : "0",
            line.isRefund() ? line.outRefundNo() : "0",
            back,
            "0.00",
            line.isRefund() ? "ORIGINAL" : "",
            line.isRefund() ? line.state() : "",
            plain(payment.description()),
            plain(payment.attach()),
            fee(line.fee()),
            FEE_RATE_TEXT,
            paid,
            back,
            "")
        .map(field -> "`" + field)
        .collect(Collectors.joining(","));
  }

  private static String totals(List<BillLine> lines) {
    String paid = money(lines.stream().mapToLong(BillLine::paidFen).sum());
    String back = money(lines.stream().mapToLong(BillLine::fen).sum());
    BigDecimal fee = lines.stream().map(BillLine::fee).reduce(BigDecimal.ZERO, BigDecimal::add);
    return Stream.of(Integer.toString(lines.size()), paid, back, "0.00", fee(fee), paid, back)
        .map(field -> "`" + field)
        .collect(Collectors.joining(","));
  }

  private static String plain(String text) {
    return text == null ? "" : text.replaceAll("[,`\\r\\n]", " ");
  }

  private static String money(long fen) {
    return BillLine.yuan(fen).toPlainString();
  }

  private static String fee(BigDecimal yuan) {
    return yuan.setScale(5, RoundingMode.UNNECESSARY).toPlainString();
  }
}
