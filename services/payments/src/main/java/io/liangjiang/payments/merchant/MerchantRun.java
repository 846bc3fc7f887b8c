package io.liangjiang.payments.merchant;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.List;
import java.util.Objects;

/**
 * What was done for a page of merchants.
 *
 * @param made what came of it, in the order of the merchants
 * @param failures merchants for whom it failed, in the same order
 * @param nextAfter the last merchant's id; empty when all merchants were looked at
 */
public record MerchantRun<T>(List<T> made, List<Failure> failures, String nextAfter) {
  /**
   * Why nothing was done for a merchant.
   *
   * @param reason as an error would say it
   * @param message the same for people; empty when it is a fault of ours
   */
  public record Failure(String merchantId, String reason, String message) {
    static Failure of(Merchant merchant, Throwable cause) {
      return cause instanceof ServiceException refusal
          ? new Failure(
              merchant.id(),
              refusal.reason().name(),
              Objects.requireNonNullElse(refusal.getMessage(), ""))
          : new Failure(merchant.id(), PlatformReason.INTERNAL.name(), "");
    }
  }

  /** The same for a merchant that was named: there is no next. */
  public MerchantRun<T> alone() {
    return new MerchantRun<>(made, failures, "");
  }
}
