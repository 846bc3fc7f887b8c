package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.BillSource.Row;
import io.liangjiang.payments.channel.BillSource.UnreadableBill;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * The trade bill of type ALL: payments by the time they were made, refunds by the time they were
 * accepted. The state of a refund is that of when the bill was made.
 */
final class TradeBill {
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private TradeBill() {}

  /** The rows of a file. Errors: UnreadableBill. */
  static List<Row> read(String file, String merchantId, LocalDate day) {
    BillText text = BillText.read(file);
    List<Row> rows = text.details().stream().map(line -> row(line, merchantId, day)).toList();
    requireTotals(text.totals(), rows);
    return rows;
  }

  private static Row row(Map<String, String> line, String merchantId, LocalDate day) {
    if (!merchantId.equals(BillText.value(line, "商户号"))) {
      throw new UnreadableBill("a line is another merchant's");
    }
    if (!"CNY".equals(BillText.value(line, "货币种类"))) {
      throw new UnreadableBill("a line is in another currency");
    }
    Instant time = time(BillText.value(line, "交易时间"), day);
    return switch (BillText.value(line, "交易状态")) {
      case "SUCCESS" ->
          new Row(
              false,
              BillText.value(line, "商户订单号"),
              BillText.value(line, "微信订单号"),
              "SUCCESS",
              BillText.fen(line, "订单金额"),
              time);
      case "REFUND" ->
          new Row(
              true,
              BillText.value(line, "商户退款单号"),
              BillText.value(line, "微信退款单号"),
              BillText.value(line, "退款状态"),
              BillText.fen(line, "申请退款金额"),
              time);
      default -> throw new UnreadableBill("a line is neither a payment nor a refund");
    };
  }

  private static Instant time(String text, LocalDate day) {
    try {
      LocalDateTime time = LocalDateTime.parse(text, TIME);
      if (!time.toLocalDate().equals(day)) {
        throw new UnreadableBill("a line is of another day");
      }
      return time.toInstant(BEIJING);
    } catch (DateTimeParseException e) {
      throw new UnreadableBill("a line has no time");
    }
  }

  private static void requireTotals(Map<String, String> totals, List<Row> rows) {
    boolean same =
        BillText.value(totals, "总交易单数").equals(Integer.toString(rows.size()))
            && BillText.fen(totals, "订单总金额") == sum(rows, false)
            && BillText.fen(totals, "申请退款总金额") == sum(rows, true);
    if (!same) {
      throw new UnreadableBill("the lines do not add up to the totals");
    }
  }

  private static long sum(List<Row> rows, boolean refunds) {
    return rows.stream().filter(r -> r.isRefund() == refunds).mapToLong(Row::amountMinor).sum();
  }
}
