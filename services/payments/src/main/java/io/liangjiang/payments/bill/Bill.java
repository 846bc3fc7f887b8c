package io.liangjiang.payments.bill;

import io.liangjiang.payments.v1.Channel;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One channel's bill of one day; all amounts in fen.
 *
 * @param importTime null while it is expected
 * @param tradeSha1 of the file that was imported; empty while it is expected, and for a day on
 *     which nothing happened
 * @param flowPaidMinor what the fund-flow bill says of paidMinor
 * @param attempts how often it was asked for or matched by itself
 */
public record Bill(
    Channel channel,
    LocalDate day,
    @Nullable Instant importTime,
    String tradeSha1,
    String fundFlowSha1,
    int rowCount,
    long paidMinor,
    long refundedMinor,
    long flowPaidMinor,
    long flowRefundedMinor,
    long feeMinor,
    int attempts) {

  /** Whether it is here. */
  public boolean isImported() {
    return importTime != null;
  }

  /** Whether the fund-flow bill adds up to the trade bill. */
  public boolean addsUp() {
    return paidMinor == flowPaidMinor && refundedMinor == flowRefundedMinor;
  }
}
