package io.liangjiang.payments.statement;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.statement.Statement.Fact;
import io.liangjiang.payments.v1.WalletEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts movements into the words and numbers that people read: Chinese, yuan, local time. */
final class StatementText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(BusinessDate.ZONE);
  private static final List<String> WALLET_COLUMNS =
      List.of("时间", "类型", "金额(元)", "余额(元)", "说明", "业务编号");
  private static final List<String> MERCHANT_COLUMNS =
      List.of("时间", "类型", "金额(元)", "扣费分账(元)", "说明", "业务编号");

  private StatementText() {}

  /** A citizen's statement, with the balance after each line. */
  static Statement wallet(
      String citizenId, Period period, long before, List<Movement> movements, Instant now) {
    List<List<String>> lines = new ArrayList<>();
    long balance = before;
    for (Movement movement : movements) {
      balance += movement.amountMinor();
      lines.add(
          List.of(
              TIME.format(movement.time()),
              walletKind(movement.kind()),
              yuan(movement.amountMinor()),
              yuan(balance),
              movement.description(),
              movement.reference()));
    }
    List<Fact> facts =
        facts(
            period,
            now,
            Stream.of(
                new Fact("账户", citizenId),
                new Fact("期初余额(元)", yuan(before)),
                new Fact("期末余额(元)", yuan(balance))));
    return new Statement(name("wallet", period), "两江钱包账单", facts, WALLET_COLUMNS, lines, now);
  }

  /** A merchant's statement, with what the account holds now. */
  static Statement merchant(Payee payee, Period period, List<Movement> movements, Instant now) {
    List<List<String>> lines =
        movements.stream()
            .map(
                movement ->
                    List.of(
                        TIME.format(movement.time()),
                        merchantKind(movement.kind()),
                        yuan(movement.amountMinor()),
                        yuan(movement.deductedMinor()),
                        movement.description(),
                        movement.reference()))
            .toList();
    long in = sum(movements, true);
    long out = sum(movements, false);
    List<Fact> facts =
        facts(
            period,
            now,
            Stream.of(
                new Fact("商户", payee.name() + " (" + payee.merchantId() + ")", true),
                new Fact("收款(元)", yuan(in)),
                new Fact("退款(元)", yuan(-out)),
                new Fact("当前可用余额(元)", yuan(payee.balanceMinor()))));
    return new Statement(
        name(payee.merchantId(), period), "两江商户账单", facts, MERCHANT_COLUMNS, lines, now);
  }

  /** Whose account it is, and what it holds now. */
  record Payee(String merchantId, String name, long balanceMinor) {}

  static String yuan(long minor) {
    return BigDecimal.valueOf(minor, 2).toPlainString();
  }

  private static List<Fact> facts(Period period, Instant now, Stream<Fact> own) {
    return Stream.concat(
            own,
            Stream.of(
                new Fact("期间", period.first() + " 至 " + period.last()),
                new Fact("制表时间", TIME.format(now))))
        .toList();
  }

  private static long sum(List<Movement> movements, boolean in) {
    return movements.stream()
        .mapToLong(Movement::amountMinor)
        .filter(minor -> in == minor > 0)
        .sum();
  }

  private static String name(String owner, Period period) {
    return owner + "-" + period.first() + "-" + period.last();
  }

  private static String walletKind(int number) {
    WalletEntry.Kind kind = WalletEntry.Kind.forNumber(number);
    return switch (kind) {
      case TOP_UP -> "充值";
      case PAYMENT -> "支付";
      case REFUND -> "退款";
      case KIND_UNSPECIFIED, UNRECOGNIZED -> "其他";
      case null -> "其他";
    };
  }

  private static String merchantKind(int number) {
    return switch (number) {
      case 1 -> "订单收款";
      case 2 -> "扣款收款";
      default -> "退款";
    };
  }
}
