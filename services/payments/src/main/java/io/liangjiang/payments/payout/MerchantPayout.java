package io.liangjiang.payments.payout;

import io.liangjiang.payments.merchant.Merchant.BankAccount;
import io.liangjiang.payments.v1.Payout.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way to a merchant's bank.
 *
 * @param settlementId the merchant's last settlement that it pays
 * @param account where to, as it was when the money was set aside
 */
public record MerchantPayout(
    UUID id,
    String merchantId,
    UUID settlementId,
    long amountMinor,
    BankAccount account,
    State state,
    String bankReference,
    String refusal,
    Instant createTime,
    @Nullable Instant endTime) {

  /** The bank's number for it: 32 hex digits. */
  String number() {
    return id.toString().replace("-", "");
  }

  boolean isUnderWay() {
    return state == State.CREATED || state == State.PROCESSING;
  }

  /** Id of the transfer that follows the one that set the money aside. */
  UUID endTransferId() {
    return UUID.nameUUIDFromBytes(("payout-end/" + id).getBytes(StandardCharsets.UTF_8));
  }

  MerchantPayout ended(State end, String reference, String reason, Instant time) {
    return new MerchantPayout(
        id,
        merchantId,
        settlementId,
        amountMinor,
        account,
        end,
        reference,
        reason,
        createTime,
        time);
  }
}
