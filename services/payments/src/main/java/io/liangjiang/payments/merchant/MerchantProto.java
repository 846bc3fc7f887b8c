package io.liangjiang.payments.merchant;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.merchant.Merchant.Share;
import io.liangjiang.payments.merchant.Merchant.Terms;
import io.liangjiang.payments.v1.CreateMerchantRequest;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.payments.v1.MerchantTerms;
import io.liangjiang.payments.v1.PayoutDestination;
import io.liangjiang.payments.v1.ShareRule;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Between merchants and their contract. */
final class MerchantProto {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern BANK_CODE = Pattern.compile("[A-Z0-9]{2,20}");
  private static final Pattern ACCOUNT_NUMBER = Pattern.compile("[0-9]{6,32}");
  private static final int MAX_NAME = 100;
  private static final int MAX_FEE = 3_000;
  private static final int MAX_DELAY_DAYS = 30;
  private static final int DEFAULT_SHARE_LIMIT = 3_000;
  private static final int MAX_SHARE_LIMIT = 7_000;
  private static final int MAX_SHARES = 10;

  private MerchantProto() {}

  static void checkId(String merchantId) {
    new Violations().require(isId(merchantId), "merchant_id", idForm()).throwIfAny();
  }

  static void check(CreateMerchantRequest request) {
    new Violations()
        .require(isId(request.getMerchantId()), "merchant_id", idForm())
        .requireText(request.getDisplayName(), 1, MAX_NAME, "display_name")
        .throwIfAny();
    var unused = terms(request.getMerchantId(), request.getTerms());
    if (request.hasPayoutDestination()) {
      var unusedAccount = bankAccount(request.getPayoutDestination());
    }
  }

  static void checkName(String displayName) {
    new Violations().requireText(displayName, 0, MAX_NAME, "display_name").throwIfAny();
  }

  static Merchant merchant(CreateMerchantRequest request, long accountId, Instant now) {
    return new Merchant(
        request.getMerchantId(),
        request.getDisplayName(),
        State.ACTIVE,
        terms(request.getMerchantId(), request.getTerms()),
        request.hasPayoutDestination() ? bankAccount(request.getPayoutDestination()) : null,
        accountId,
        now);
  }

  /** Reads terms. Errors: INVALID_ARGUMENT, SHARES_EXCEED_LIMIT. */
  static Terms terms(String merchantId, MerchantTerms terms) {
    int delay = terms.getSettlementDelayDays() == 0 ? 1 : terms.getSettlementDelayDays();
    int limit =
        terms.getShareLimitBasisPoints() == 0
            ? DEFAULT_SHARE_LIMIT
            : terms.getShareLimitBasisPoints();
    var violations =
        new Violations()
            .require(
                isWithin(terms.getFeeBasisPoints(), 0, MAX_FEE),
                "terms.fee_basis_points",
                "must be 0 to " + MAX_FEE)
            .require(
                isWithin(delay, 1, MAX_DELAY_DAYS),
                "terms.settlement_delay_days",
                "must be 1 to " + MAX_DELAY_DAYS)
            .require(
                isWithin(limit, 1, MAX_SHARE_LIMIT),
                "terms.share_limit_basis_points",
                "must be 1 to " + MAX_SHARE_LIMIT)
            .require(
                terms.getSharesCount() <= MAX_SHARES,
                "terms.shares",
                "must be at most " + MAX_SHARES);
    checkShares(violations, merchantId, terms.getSharesList());
    violations.throwIfAny();
    var shares =
        terms.getSharesList().stream()
            .map(rule -> new Share(rule.getReceiverMerchantId(), rule.getBasisPoints()))
            .toList();
    refuseBeyond(shares, limit);
    return new Terms(terms.getFeeBasisPoints(), delay, limit, shares);
  }

  private static void checkShares(
      Violations violations, String merchantId, List<ShareRule> shares) {
    Set<String> receivers = new HashSet<>(Set.of(merchantId));
    for (int i = 0; i < shares.size(); i++) {
      ShareRule rule = shares.get(i);
      String field = "terms.shares[" + i + "]";
      violations
          .require(
              isId(rule.getReceiverMerchantId()) && receivers.add(rule.getReceiverMerchantId()),
              field + ".receiver_merchant_id",
              "must be another merchant, each once")
          .require(
              rule.hasBasisPoints() && isWithin(rule.getBasisPoints(), 1, MAX_SHARE_LIMIT),
              field + ".basis_points",
              "must be 1 to " + MAX_SHARE_LIMIT);
    }
  }

  private static void refuseBeyond(List<Share> shares, int limit) {
    if (shares.stream().mapToInt(Share::basisPoints).sum() > limit) {
      throw new ServiceException(
              PaymentsReason.SHARES_EXCEED_LIMIT, "the shares are more than the merchant may share")
          .with("limitBasisPoints", limit)
          .violation("terms.shares", "must be at most " + limit + " basis points together");
    }
  }

  /** Reads a bank account. Errors: INVALID_ARGUMENT. */
  static BankAccount bankAccount(PayoutDestination destination) {
    new Violations()
        .require(
            BANK_CODE.matcher(destination.getBankCode()).matches(),
            "payout_destination.bank_code",
            "must be 2 to 20 capital letters and digits")
        .require(
            ACCOUNT_NUMBER.matcher(destination.getAccountNumber()).matches(),
            "payout_destination.account_number",
            "must be 6 to 32 digits")
        .requireText(destination.getAccountName(), 1, MAX_NAME, "payout_destination.account_name")
        .throwIfAny();
    return new BankAccount(
        destination.getBankCode(), destination.getAccountNumber(), destination.getAccountName());
  }

  static io.liangjiang.payments.v1.Merchant merchant(Merchant merchant) {
    var proto =
        io.liangjiang.payments.v1.Merchant.newBuilder()
            .setMerchantId(merchant.id())
            .setDisplayName(merchant.displayName())
            .setState(merchant.state())
            .setTerms(terms(merchant.terms()))
            .setCreateTime(ProtoTime.timestamp(merchant.createTime()));
    BankAccount account = merchant.bankAccount();
    if (account != null) {
      proto.setPayoutDestination(
          PayoutDestination.newBuilder()
              .setBankCode(account.bankCode())
              .setAccountNumber(account.maskedNumber())
              .setAccountName(account.name()));
    }
    return proto.build();
  }

  private static MerchantTerms terms(Terms terms) {
    return MerchantTerms.newBuilder()
        .setFeeBasisPoints(terms.feeBasisPoints())
        .setSettlementDelayDays(terms.settlementDelayDays())
        .setShareLimitBasisPoints(terms.shareLimitBasisPoints())
        .addAllShares(
            terms.shares().stream()
                .map(
                    share ->
                        ShareRule.newBuilder()
                            .setReceiverMerchantId(share.receiverId())
                            .setBasisPoints(share.basisPoints())
                            .build())
                .toList())
        .build();
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static String idForm() {
    return "must be 1 to 64 small letters, digits and dashes";
  }

  private static boolean isWithin(int value, int min, int max) {
    return value >= min && value <= max;
  }
}
