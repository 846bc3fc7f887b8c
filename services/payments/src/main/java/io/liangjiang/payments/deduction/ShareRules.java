package io.liangjiang.payments.deduction;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.v1.ShareRule;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which shares an order may have, and how large they are. */
final class ShareRules {
  private static final int MAX_SHARES = 10;
  private static final int WHOLE = 10_000;

  private ShareRules() {}

  /** A share in fen. */
  record Share(String receiverId, long amountMinor) {}

  /**
   * The shares of an order; those of the merchant's terms when the order names none. Errors:
   * INVALID_ARGUMENT, SHARES_EXCEED_LIMIT.
   */
  static List<Share> of(Merchant merchant, long amountMinor, List<ShareRule> wishes) {
    if (wishes.isEmpty()) {
      return merchant.terms().shares().stream()
          .map(
              s -> new Share(s.receiverId(), PortionRules.shareMinor(amountMinor, s.basisPoints())))
          .toList();
    }
    check(merchant, wishes);
    List<Share> shares = wishes.stream().map(wish -> share(amountMinor, wish)).toList();
    long limitMinor =
        PortionRules.shareMinor(amountMinor, merchant.terms().shareLimitBasisPoints());
    if (exceeds(shares, limitMinor)) {
      throw new ServiceException(
              PaymentsReason.SHARES_EXCEED_LIMIT, "the shares are more than the merchant may share")
          .with("limitMinor", limitMinor)
          .violation("shares", "must be at most " + limitMinor + " together");
    }
    return shares;
  }

  private static Share share(long amountMinor, ShareRule wish) {
    return new Share(
        wish.getReceiverMerchantId(),
        wish.hasAmountMinor()
            ? wish.getAmountMinor()
            : PortionRules.shareMinor(amountMinor, wish.getBasisPoints()));
  }

  private static boolean exceeds(List<Share> shares, long limitMinor) {
    long left = limitMinor;
    for (Share share : shares) {
      if (share.amountMinor() > left) {
        return true;
      }
      left -= share.amountMinor();
    }
    return false;
  }

  private static void check(Merchant merchant, List<ShareRule> wishes) {
    var violations =
        new Violations()
            .require(wishes.size() <= MAX_SHARES, "shares", "must be at most " + MAX_SHARES);
    Set<String> receivers = new HashSet<>(Set.of(merchant.id()));
    for (int i = 0; i < wishes.size(); i++) {
      ShareRule wish = wishes.get(i);
      String field = "shares[" + i + "]";
      boolean sized =
          switch (wish.getSizeCase()) {
            case BASIS_POINTS -> wish.getBasisPoints() >= 1 && wish.getBasisPoints() <= WHOLE;
            case AMOUNT_MINOR -> wish.getAmountMinor() >= 1;
            case SIZE_NOT_SET -> false;
          };
      violations
          .require(
              receivers.add(wish.getReceiverMerchantId()),
              field + ".receiver_merchant_id",
              "must be another merchant, each once")
          .require(sized, field, "must have basis_points of 1 to 10,000 or amount_minor above 0");
    }
    violations.throwIfAny();
  }
}
