package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Gives money back: {@code POST /v3/refund/domestic/refunds}. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@RegisterForReflection
record RefundRequest(
    String transactionId,
    String outTradeNo,
    String outRefundNo,
    String reason,
    String notifyUrl,
    Amount amount) {
  private static final int MAX_REASON = 80;

  /** How much of how much, in fen. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Amount(Long refund, Long total, String currency) {}

  /** Errors: PARAM_ERROR. */
  void validate() {
    if ((transactionId == null) == (outTradeNo == null)) {
      throw ChannelErrors.parameter("one of transaction_id and out_trade_no must be given");
    }
    Fields.refundNo(outRefundNo);
    Fields.optionalText(reason, MAX_REASON, "reason");
    if (notifyUrl != null) {
      Fields.address(notifyUrl);
    }
    if (amount == null) {
      throw ChannelErrors.parameter("amount must be given");
    }
    Fields.amount(amount.refund, "amount.refund");
    Fields.amount(amount.total, "amount.total");
    Fields.currency(amount.currency == null ? "" : amount.currency);
  }
}
