package io.liangjiang.payments.merchant;

import java.util.List;

/**
 * What was done for a page of merchants.
 *
 * @param made what came of it, in the order of the merchants
 * @param failed ids of the merchants for whom it failed
 * @param nextAfter the last merchant's id; empty when all merchants were looked at
 */
public record MerchantRun<T>(List<T> made, List<String> failed, String nextAfter) {
  /** The same for a merchant that was named: there is no next. */
  public MerchantRun<T> alone() {
    return new MerchantRun<>(made, failed, "");
  }
}
