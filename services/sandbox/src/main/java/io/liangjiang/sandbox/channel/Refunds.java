package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.channel.Payment.State;
import io.liangjiang.sandbox.fault.FaultPlan;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refunds: accepted at once, settled a moment later. */
@Singleton
final class Refunds {
  static final int MAX_A_PAYMENT = 50;

  /** How long a payment can be given back. */
  static final Duration REFUNDABLE = Duration.ofDays(365);

  /** Between acceptance and settlement; the real one takes seconds to days. */
  static final Duration PROCESSING_TIME = Duration.ofMillis(300);

  private static final int SETTLE_LIMIT = 100;

  private final Store store;
  private final ChannelKeys keys;
  private final Faults faults;
  private final Callbacks callbacks;
  private final InstantSource clock;

  Refunds(Store store, ChannelKeys keys, Faults faults, Callbacks callbacks, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.faults = faults;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /**
   * Accepts a refund or finds the one it is. Errors: PARAM_ERROR, RESOURCE_NOT_EXISTS for an
   * unknown order, INVALID_REQUEST for what the rules forbid.
   */
  Map<String, Object> create(RefundRequest request, String platformSerial) {
    request.validate();
    Instant now = clock.instant();
    return store.inTransaction(
        tx -> {
          Payment payment = lockPayment(tx, request, now);
          Optional<Refund> before = find(tx, request.outRefundNo());
          if (before.isPresent()) {
            return repeated(before.get(), payment, request).toJson(payment);
          }
          refuse(tx, payment, request, now);
          insert(tx, payment, request, platformSerial, now);
          return find(tx, request.outRefundNo()).orElseThrow().toJson(payment);
        });
  }

  /** Errors: RESOURCE_NOT_EXISTS. */
  Map<String, Object> get(String outRefundNo) {
    settleDue();
    return store.inTransaction(
        tx -> {
          Refund refund = find(tx, outRefundNo).orElseThrow(ChannelErrors::refundUnknown);
          return refund.toJson(Orders.lock(tx, refund.outTradeNo(), clock.instant()));
        });
  }

  /** Ends the refunds whose time has come. */
  void settleDue() {
    FaultPlan.Refunds fault = faults.now().refunds();
    if (fault == FaultPlan.Refunds.STUCK) {
      return;
    }
    String state = fault == FaultPlan.Refunds.ABNORMAL ? "ABNORMAL" : "SUCCESS";
    Instant now = clock.instant();
    int settled =
        store.inTransaction(
            tx -> {
              List<Refund> due =
                  tx.list(
                      "update refund set state = ?, settled_at = ? where out_refund_no in (select"
                          + " out_refund_no from refund where state = 'PROCESSING' and due_at <= ?"
                          + " order by due_at limit ? for update skip locked) returning *",
                      Refund::read,
                      state,
                      now,
                      now,
                      SETTLE_LIMIT);
              due.forEach(refund -> announce(tx, refund));
              return due.size();
            });
    if (settled > 0) {
      callbacks.wake();
    }
  }

  private Payment lockPayment(Tx tx, RefundRequest request, Instant now) {
    String outTradeNo = request.outTradeNo();
    if (outTradeNo == null) {
      outTradeNo =
          tx.first(
                  "select out_trade_no from payment where transaction_id = ?",
                  row -> row.getString(1),
                  request.transactionId())
              .orElseThrow(ChannelErrors::refundUnknown);
    }
    return Orders.lock(tx, outTradeNo, now);
  }

  private static Optional<Refund> find(Tx tx, String outRefundNo) {
    return tx.first("select * from refund where out_refund_no = ?", Refund::read, outRefundNo);
  }

  private static Refund repeated(Refund before, Payment payment, RefundRequest request) {
    if (!before.outTradeNo().equals(payment.outTradeNo())
        || before.amountFen() != request.amount().refund()
        || payment.amountFen() != request.amount().total()) {
      throw ChannelErrors.invalid("订单金额或退款金额与之前请求不一致，请核实后再试");
    }
    return before;
  }

  private static void refuse(Tx tx, Payment payment, RefundRequest request, Instant now) {
    if (payment.state() != State.SUCCESS) {
      throw ChannelErrors.invalid("订单未支付，不能退款");
    }
    if (payment.amountFen() != request.amount().total()) {
      throw ChannelErrors.invalid("订单金额不一致");
    }
    if (request.amount().refund() > payment.amountFen() - payment.refundedFen()) {
      throw ChannelErrors.invalid("申请退款金额大于订单可退金额");
    }
    if (payment.paidAt().plus(REFUNDABLE).isBefore(now)) {
      throw ChannelErrors.invalid("订单已超过可退款的最大期限");
    }
    long count =
        tx.first(
                "select count(*) from refund where out_trade_no = ?",
                row -> row.getLong(1),
                payment.outTradeNo())
            .orElse(0L);
    if (count >= MAX_A_PAYMENT) {
      throw ChannelErrors.invalid("部分退款次数超过限制");
    }
  }

  private void insert(
      Tx tx, Payment payment, RefundRequest request, String platformSerial, Instant now) {
    tx.update(
        "insert into refund (out_refund_no, refund_id, out_trade_no, amount_fen, reason,"
            + " notify_url, state, platform_serial, created_at, due_at)"
            + " values (?, ?, ?, ?, ?, ?, 'PROCESSING', ?, ?, ?)",
        request.outRefundNo(),
        "50" + ChannelTime.compact(now) + keys.digits(12),
        payment.outTradeNo(),
        request.amount().refund(),
        request.reason(),
        request.notifyUrl(),
        platformSerial,
        now,
        now.plus(PROCESSING_TIME));
    tx.update(
        "update payment set refunded_fen = refunded_fen + ? where out_trade_no = ?",
        request.amount().refund(),
        payment.outTradeNo());
  }

  private void announce(Tx tx, Refund refund) {
    if (refund.notifyUrl() == null) {
      return;
    }
    Payment payment = Orders.lock(tx, refund.outTradeNo(), clock.instant());
    boolean success = refund.state() == Refund.State.SUCCESS;
    callbacks.append(
        tx,
        new Callbacks.Event(
            refund.outRefundNo(),
            success ? "REFUND.SUCCESS" : "REFUND.ABNORMAL",
            success ? "退款成功" : "退款异常",
            "refund",
            refund.toCallback(payment, keys.merchantId()),
            refund.notifyUrl(),
            refund.platformSerial()));
  }
}
