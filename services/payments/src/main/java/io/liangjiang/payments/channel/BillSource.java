package io.liangjiang.payments.channel;

import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What a channel states of a day, once the day is over. */
public interface BillSource {
  /** Whose bills. */
  Channel channel();

  /**
   * The bills of a day in Asia/Shanghai; empty when the channel has none (yet). Errors:
   * CHANNEL_UNAVAILABLE; {@link UnreadableBill}.
   */
  Uni<Optional<DailyBill>> bill(LocalDate day);

  /**
   * The trade bill, and what the fund-flow bill adds up to.
   *
   * @param tradeSha1 of the trade bill's file, hexadecimal
   * @param fundFlowSha1 of the fund-flow bill's file, hexadecimal
   */
  record DailyBill(String tradeSha1, String fundFlowSha1, List<Row> rows, FundFlow fundFlow) {
    /** What was paid, fen. */
    public long paidMinor() {
      return sum(false);
    }

    /** What was given back, fen. */
    public long refundedMinor() {
      return sum(true);
    }

    private long sum(boolean refunds) {
      return rows.stream().filter(r -> r.isRefund() == refunds).mapToLong(Row::amountMinor).sum();
    }
  }

  /**
   * A payment or a refund.
   *
   * @param number the out_trade_no, or the out_refund_no of a refund
   * @param transactionId the channel's own number of the payment or refund
   * @param state the channel's word: SUCCESS, or for a refund also PROCESSING, FAIL, ...
   * @param amountMinor fen
   * @param time when it was paid, or when the refund was accepted
   */
  record Row(
      boolean isRefund,
      String number,
      String transactionId,
      String state,
      long amountMinor,
      Instant time) {}

  /** Totals of the fund-flow bill, fen; fees are below zero when more came back than was kept. */
  record FundFlow(long paidMinor, long refundedMinor, long feeMinor) {}

  /** The file is not what it says it is; the message says why. */
  final class UnreadableBill extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public UnreadableBill(String message) {
      super(message);
    }
  }
}
