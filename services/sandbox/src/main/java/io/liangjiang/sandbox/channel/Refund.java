package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refund in the channel's books. Reason, notifyUrl and settledAt may be null. */
record Refund(
    String outRefundNo,
    String refundId,
    String outTradeNo,
    long amountFen,
    String notifyUrl,
    State state,
    String platformSerial,
    Instant createdAt,
    Instant settledAt) {

  /** Where a refund stands. */
  enum State {
    /** On its way. */
    PROCESSING,
    /** The payer has the money. */
    SUCCESS,
    /** The payer's bank did not take it. */
    ABNORMAL
  }

  static Refund read(ResultSet row) throws SQLException {
    return new Refund(
        row.getString("out_refund_no"),
        row.getString("refund_id"),
        row.getString("out_trade_no"),
        row.getLong("amount_fen"),
        row.getString("notify_url"),
        State.valueOf(row.getString("state")),
        row.getString("platform_serial"),
        Tx.instant(row, "created_at"),
        Tx.instant(row, "settled_at"));
  }

  /** What the merchant sees of it when it asks. */
  Map<String, Object> toJson(Payment payment) {
    Map<String, Object> json = fields(payment);
    json.put("channel", "ORIGINAL");
    json.put("create_time", ChannelTime.format(createdAt));
    json.put("funds_account", "AVAILABLE");
    json.put("status", state.name());
    json.put("amount", amounts(payment, true));
    return json;
  }

  /** What the merchant is told when it ends: other names, as in the real one. */
  Map<String, Object> toCallback(Payment payment, String merchantId) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mchid", merchantId);
    json.putAll(fields(payment));
    json.put("refund_status", state.name());
    json.put("amount", amounts(payment, false));
    return json;
  }

  private Map<String, Object> fields(Payment payment) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("refund_id", refundId);
    json.put("out_refund_no", outRefundNo);
    json.put("transaction_id", payment.transactionId());
    json.put("out_trade_no", outTradeNo);
    json.put("user_received_account", "支付用户零钱");
    if (state == State.SUCCESS) {
      json.put("success_time", ChannelTime.format(settledAt));
    }
    return json;
  }

  private Map<String, Object> amounts(Payment payment, boolean inFull) {
    Map<String, Object> amount = new LinkedHashMap<>();
    amount.put("total", payment.amountFen());
    amount.put("refund", amountFen);
    amount.put("payer_total", payment.amountFen());
    amount.put("payer_refund", amountFen);
    if (inFull) {
      amount.put("settlement_refund", amountFen);
      amount.put("settlement_total", payment.amountFen());
      amount.put("discount_refund", 0);
      amount.put("currency", "CNY");
    }
    return amount;
  }
}
