package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** An order in the channel's books. Attach, transactionId and paidAt may be null. */
record Payment(
    String outTradeNo,
    String prepayId,
    String transactionId,
    String appId,
    String description,
    String attach,
    String openId,
    long amountFen,
    long refundedFen,
    String notifyUrl,
    State state,
    String platformSerial,
    Instant createdAt,
    Instant expiresAt,
    Instant paidAt) {

  /** Where an order stands; a paid one that was refunded is shown as REFUND. */
  enum State {
    /** Waits for the phone. */
    NOTPAY,
    /** Paid. */
    SUCCESS,
    /** Can no more be paid. */
    CLOSED
  }

  /** What the merchant attaches to a payment that waits for its mixed order. */
  static final String PART_OF_MIXED = "MED_INS";

  static Payment read(ResultSet row) throws SQLException {
    return new Payment(
        row.getString("out_trade_no"),
        row.getString("prepay_id"),
        row.getString("transaction_id"),
        row.getString("app_id"),
        row.getString("description"),
        row.getString("attach"),
        row.getString("open_id"),
        row.getLong("amount_fen"),
        row.getLong("refunded_fen"),
        row.getString("notify_url"),
        State.valueOf(row.getString("state")),
        row.getString("platform_serial"),
        Tx.instant(row, "created_at"),
        Tx.instant(row, "expires_at"),
        Tx.instant(row, "paid_at"));
  }

  /** Whether the request asks for this very order again; only its end may be another. */
  boolean isAskedForBy(PrepayRequest request) {
    return appId.equals(request.appid())
        && description.equals(request.description())
        && Objects.equals(attach, request.attach())
        && openId.equals(request.payer().openid())
        && amountFen == request.amount().total()
        && notifyUrl.equals(request.notifyUrl());
  }

  /** Whether the phone pays it with a mixed order, and not by itself. */
  boolean isPartOfMixed() {
    return PART_OF_MIXED.equals(attach);
  }

  /** What the merchant sees of it. */
  Map<String, Object> toJson(String merchantId) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("appid", appId);
    json.put("mchid", merchantId);
    json.put("out_trade_no", outTradeNo);
    Map<String, Object> amount = new LinkedHashMap<>();
    amount.put("total", amountFen);
    amount.put("currency", "CNY");
    if (state == State.SUCCESS) {
      json.put("transaction_id", transactionId);
      json.put("trade_type", "JSAPI");
      json.put("bank_type", "OTHERS");
      json.put("success_time", ChannelTime.format(paidAt));
      json.put("payer", Map.of("openid", openId));
      amount.put("payer_total", amountFen);
      amount.put("payer_currency", "CNY");
    }
    json.put("attach", attach == null ? "" : attach);
    json.put("amount", amount);
    json.put("trade_state", tradeState());
    json.put("trade_state_desc", description(tradeState()));
    return json;
  }

  String tradeState() {
    return state == State.SUCCESS && refundedFen > 0 ? "REFUND" : state.name();
  }

  private static String description(String tradeState) {
    return switch (tradeState) {
      case "SUCCESS" -> "支付成功";
      case "REFUND" -> "订单发生过退款";
      case "CLOSED" -> "订单已关闭";
      default -> "订单未支付";
    };
  }
}
