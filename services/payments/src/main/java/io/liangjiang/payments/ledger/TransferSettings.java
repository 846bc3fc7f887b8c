package io.liangjiang.payments.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the transfer writer. */
@ConfigMapping(prefix = "liangjiang.payments.transfers")
interface TransferSettings {
  /** Transfers that may wait; beyond that callers are told to come again. */
  @WithDefault("20000")
  int queueCapacity();

  /** Transfers that are committed together at most. */
  @WithDefault("2000")
  int maxBatch();
}
