package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.BillSource.FundFlow;
import io.liangjiang.payments.channel.BillSource.UnreadableBill;
import java.util.Map;

/**
 * The fund-flow bill of the basic account: every movement of its balance. Withdrawals and the like
 * are no business of a day's trade and left out.
 */
final class FundFlowBill {
  private FundFlowBill() {}

  /** What a file adds up to. Errors: UnreadableBill. */
  static FundFlow read(String file) {
    BillText text = BillText.read(file);
    long income = 0;
    long expense = 0;
    long paid = 0;
    long refunded = 0;
    long fee = 0;
    for (Map<String, String> line : text.details()) {
      long fen = BillText.fen(line, "收支金额(元)");
      boolean in = isIncome(line);
      income += in ? fen : 0;
      expense += in ? 0 : fen;
      String type = BillText.value(line, "业务类型");
      if (type.contains("手续费")) {
        fee += in ? -fen : fen;
      } else if (type.contains("退款")) {
        refunded += in ? -fen : fen;
      } else if (type.contains("交易")) {
        paid += in ? fen : -fen;
      }
    }
    requireTotals(text, income, expense);
    return new FundFlow(paid, refunded, fee);
  }

  private static boolean isIncome(Map<String, String> line) {
    return switch (BillText.value(line, "收支类型")) {
      case "收入" -> true;
      case "支出" -> false;
      default -> throw new UnreadableBill("a movement goes neither in nor out");
    };
  }

  private static void requireTotals(BillText text, long income, long expense) {
    boolean same =
        BillText.value(text.totals(), "资金流水总笔数").equals(Integer.toString(text.details().size()))
            && BillText.fen(text.totals(), "收入金额") == income
            && BillText.fen(text.totals(), "支出金额") == expense;
    if (!same) {
      throw new UnreadableBill("the movements do not add up to the totals");
    }
  }
}
