package io.liangjiang.payments.channel;

/**
 * The amounts of an order of insurance and cash, in fen, under the names that the channel has for
 * them (fields of {@code POST /v3/med-ins/orders}). Two sums hold:
 *
 * <ul>
 *   <li>total = fund + account + other + wechatPayCash + reduced
 *   <li>wechatPayCash = cash + added - reduced
 * </ul>
 *
 * @param fundMinor med_ins_gov_fee
 * @param accountMinor med_ins_self_fee
 * @param otherMinor med_ins_other_fee
 * @param cashMinor med_ins_cash_fee: what the bureau left to the insured person
 * @param addedMinor sum of cash_add_fee: what the bureau never saw
 * @param reducedMinor sum of cash_reduce_fee: what the hospital takes off
 */
public record MixedFees(
    long fundMinor,
    long accountMinor,
    long otherMinor,
    long cashMinor,
    long addedMinor,
    long reducedMinor) {

  /** Refuses amounts below zero, and a reduction of more than there is to pay in cash. */
  public MixedFees {
    long least =
        Math.min(
            Math.min(Math.min(fundMinor, accountMinor), Math.min(otherMinor, cashMinor)),
            Math.min(addedMinor, reducedMinor));
    if (least < 0 || cashMinor + addedMinor < reducedMinor) {
      throw new IllegalArgumentException("no part may be below zero");
    }
  }

  /** total_fee. */
  public long totalMinor() {
    return insuredMinor() + wechatPayCashMinor() + reducedMinor;
  }

  /** wechat_pay_cash_fee: what the phone pays. */
  public long wechatPayCashMinor() {
    return cashMinor + addedMinor - reducedMinor;
  }

  /** What the bureau owes. */
  public long insuredMinor() {
    return fundMinor + accountMinor + otherMinor;
  }

  /** What the merchant gets from both. */
  public long paidMinor() {
    return insuredMinor() + wechatPayCashMinor();
  }
}
