package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.channel.Payment.State;
import io.liangjiang.sandbox.fault.FaultPlan.Payments;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Orders: asked for by the merchant, paid by the simulated phone. */
@Singleton
final class Orders {
  /** How long an order can be paid when the merchant sets no end. */
  static final Duration LIFE = Duration.ofHours(2);

  private static final int LIST_LIMIT = 100;

  private final Store store;
  private final SandboxConfig config;
  private final ChannelKeys keys;
  private final Payers payers;
  private final Faults faults;
  private final Callbacks callbacks;
  private final InstantSource clock;

  Orders(
      Store store,
      SandboxConfig config,
      ChannelKeys keys,
      Payers payers,
      Faults faults,
      Callbacks callbacks,
      InstantSource clock) {
    this.store = store;
    this.config = config;
    this.keys = keys;
    this.payers = payers;
    this.faults = faults;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  /**
   * Takes an order or finds the one it is; the phone pays in the same transaction unless told
   * otherwise. Errors: PARAM_ERROR, OUT_TRADE_NO_USED, ORDERPAID, ORDER_CLOSED.
   */
  Payment prepay(PrepayRequest request, String platformSerial) {
    request.validate(config.appId(), keys.merchantId());
    requirePayer(request.payer().openid());
    Instant now = clock.instant();
    Instant expiresAt = expiry(request, now);
    Payment payment =
        store.inTransaction(
            tx -> {
              insert(tx, request, platformSerial, now, expiresAt);
              Payment taken = lock(tx, request.outTradeNo(), now);
              refuseOther(taken, request);
              tx.update(
                  "update payment set expires_at = ? where out_trade_no = ?",
                  expiresAt,
                  request.outTradeNo());
              return faults.now().payments() == Payments.AUTO && !taken.isPartOfMixed()
                  ? settle(tx, taken, now)
                  : taken;
            });
    callbacks.wake();
    return payment;
  }

  /** Errors: PARAM_ERROR for an openid that the app's login server never gave out. */
  void requirePayer(String openId) {
    payers.require(config.appId(), openId);
  }

  /** Errors: ORDER_NOT_EXIST. */
  Payment get(String outTradeNo) {
    return store.inTransaction(tx -> lock(tx, outTradeNo, clock.instant()));
  }

  /** Newest first, at most 100. */
  List<Payment> latest() {
    return store.inTransaction(
        tx ->
            tx.list(
                "select * from payment order by created_at desc limit ?",
                Payment::read,
                LIST_LIMIT));
  }

  /** Ends an order that is not paid; ends nothing twice. Errors: ORDER_NOT_EXIST, ORDERPAID. */
  void close(String outTradeNo) {
    store.inTransaction(
        tx -> {
          Payment payment = lock(tx, outTradeNo, clock.instant());
          if (payment.state() == State.SUCCESS) {
            throw ChannelErrors.orderPaid();
          }
          return tx.update(
              "update payment set state = 'CLOSED' where out_trade_no = ?", outTradeNo);
        });
  }

  /** The phone pays. Errors: ORDER_NOT_EXIST, ORDERPAID, ORDER_CLOSED, 409 PAYMENT_DECLINED. */
  Payment pay(String outTradeNo) {
    Instant now = clock.instant();
    Payment paid =
        store.inTransaction(
            tx -> {
              Payment payment = lock(tx, outTradeNo, now);
              refuseFinished(payment);
              if (faults.now().payments() == Payments.DECLINE) {
                throw new SandboxException(409, "PAYMENT_DECLINED", "The phone refuses to pay");
              }
              return settle(tx, payment, now);
            });
    callbacks.wake();
    return paid;
  }

  /** Pays the cash part of a mixed order, or fails it for good when the phone refuses. */
  Payment payPart(Tx tx, Payment part, Instant now) {
    if (faults.now().payments() == Payments.DECLINE) {
      tx.update("update payment set state = 'CLOSED' where out_trade_no = ?", part.outTradeNo());
      return find(tx, part.outTradeNo()).orElseThrow();
    }
    return settle(tx, part, now);
  }

  /** The order of a prepayment, under a lock. */
  static Optional<Payment> lockByPrepay(Tx tx, String prepayId) {
    return tx.first(
        "select * from payment where prepay_id = ? for update", Payment::read, prepayId);
  }

  /** Reads an order under a lock; one whose time is over is closed first. */
  static Payment lock(Tx tx, String outTradeNo, Instant now) {
    tx.update(
        "update payment set state = 'CLOSED'"
            + " where out_trade_no = ? and state = 'NOTPAY' and expires_at <= ?",
        outTradeNo,
        now);
    return find(tx, outTradeNo).orElseThrow(ChannelErrors::orderUnknown);
  }

  private static Optional<Payment> find(Tx tx, String outTradeNo) {
    return tx.first(
        "select * from payment where out_trade_no = ? for update", Payment::read, outTradeNo);
  }

  private static Instant expiry(PrepayRequest request, Instant now) {
    Instant expiresAt =
        request.timeExpire() == null
            ? now.plus(LIFE)
            : ChannelTime.parse(request.timeExpire(), "time_expire");
    if (!expiresAt.isAfter(now)) {
      throw ChannelErrors.parameter("time_expire must be in the future");
    }
    return expiresAt;
  }

  private void insert(
      Tx tx, PrepayRequest request, String platformSerial, Instant now, Instant expiresAt) {
    tx.update(
        "insert into payment (out_trade_no, prepay_id, app_id, description, attach, open_id,"
            + " amount_fen, notify_url, state, platform_serial, created_at, expires_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, 'NOTPAY', ?, ?, ?)"
            + " on conflict (out_trade_no) do nothing",
        request.outTradeNo(),
        "wx" + ChannelTime.compact(now) + keys.digits(22),
        request.appid(),
        request.description(),
        request.attach(),
        request.payer().openid(),
        request.amount().total(),
        request.notifyUrl(),
        platformSerial,
        now,
        expiresAt);
  }

  private static void refuseOther(Payment taken, PrepayRequest request) {
    if (!taken.isAskedForBy(request)) {
      throw ChannelErrors.tradeNoUsed();
    }
    refuseFinished(taken);
  }

  private static void refuseFinished(Payment payment) {
    if (payment.state() == State.SUCCESS) {
      throw ChannelErrors.orderPaid();
    }
    if (payment.state() == State.CLOSED) {
      throw ChannelErrors.orderClosed();
    }
  }

  private Payment settle(Tx tx, Payment payment, Instant now) {
    tx.update(
        "update payment set state = 'SUCCESS', paid_at = ?, transaction_id = ?"
            + " where out_trade_no = ?",
        now,
        "42000" + ChannelTime.compact(now).substring(0, 8) + keys.digits(15),
        payment.outTradeNo());
    Payment paid = find(tx, payment.outTradeNo()).orElseThrow();
    callbacks.append(
        tx,
        new Callbacks.Event(
            paid.outTradeNo(),
            "TRANSACTION.SUCCESS",
            "支付成功",
            "transaction",
            paid.toJson(keys.merchantId()),
            paid.notifyUrl(),
            paid.platformSerial()));
    return paid;
  }
}
