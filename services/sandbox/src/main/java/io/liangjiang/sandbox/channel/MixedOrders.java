package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.channel.Payment.State;
import io.liangjiang.sandbox.fault.FaultPlan.Payments;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.insurance.InsuranceBooks;
import io.liangjiang.sandbox.insurance.Settlement;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Orders of insurance and cash. The phone pays both parts: the bureau settles, the channel collects
 * the cash; each part ends for itself, and whoever placed the order puts right what came apart.
 */
@Singleton
final class MixedOrders {
  private final Store store;
  private final SandboxConfig config;
  private final ChannelKeys keys;
  private final Faults faults;
  private final Orders orders;
  private final Callbacks callbacks;
  private final InsuranceBooks insurance;
  private final InstantSource clock;

  MixedOrders(
      Store store,
      SandboxConfig config,
      ChannelKeys keys,
      Faults faults,
      Orders orders,
      Callbacks callbacks,
      InsuranceBooks insurance,
      InstantSource clock) {
    this.store = store;
    this.config = config;
    this.keys = keys;
    this.faults = faults;
    this.orders = orders;
    this.callbacks = callbacks;
    this.insurance = insurance;
    this.clock = clock;
  }

  private record Mixed(
      String outTradeNo,
      String mixTradeNo,
      String prepayId,
      String payOrderId,
      String content,
      long totalFee,
      String insuranceState,
      boolean phonePaid) {
    static Mixed of(ResultSet row) throws SQLException {
      return new Mixed(
          row.getString("out_trade_no"),
          row.getString("mix_trade_no"),
          row.getString("prepay_id"),
          row.getString("pay_order_id"),
          row.getString("content"),
          row.getLong("total_fee"),
          row.getString("insurance_state"),
          row.getBoolean("phone_paid"));
    }
  }

  /**
   * Takes an order or finds the one it is. Errors: PARAM_ERROR, INVALID_REQUEST, OUT_TRADE_NO_USED,
   * ORDER_CLOSED.
   */
  Map<String, Object> place(MixedOrderRequest request) {
    request.validate(config.appId());
    orders.requirePayer(request.openid());
    requireFitsBureau(request);
    String content = request.toString();
    Mixed placed =
        store.inTransaction(
            tx -> {
              requireFitsPayment(tx, request);
              insert(tx, request, content);
              return find(tx, request.outTradeNo()).orElseThrow(ChannelErrors::tradeNoUsed);
            });
    if (!placed.content.equals(content)) {
      throw ChannelErrors.tradeNoUsed();
    }
    return faults.now().payments() == Payments.MANUAL
        ? show(placed.outTradeNo)
        : pay(placed.outTradeNo);
  }

  /** What the channel knows of an order; asks the bureau again. Errors: ORDER_NOT_EXIST. */
  Map<String, Object> query(String outTradeNo) {
    Mixed order = require(outTradeNo);
    if (order.phonePaid && order.insuranceState.equals("CREATED")) {
      settle(order);
    }
    return show(outTradeNo);
  }

  /** The phone pays what is not paid or failed yet. Errors: ORDER_NOT_EXIST. */
  Map<String, Object> pay(String outTradeNo) {
    Mixed order = require(outTradeNo);
    store.inTransaction(
        tx ->
            tx.update(
                "update mixed_order set phone_paid = true where out_trade_no = ?", outTradeNo));
    if (order.insuranceState.equals("CREATED")) {
      settle(order);
    }
    if (order.prepayId != null) {
      store.inTransaction(tx -> payCash(tx, order.prepayId));
      callbacks.wake();
    }
    return show(outTradeNo);
  }

  private Payment payCash(Tx tx, String prepayId) {
    Instant now = clock.instant();
    String number = Orders.lockByPrepay(tx, prepayId).orElseThrow().outTradeNo();
    Payment part = Orders.lock(tx, number, now);
    return part.state() == State.NOTPAY ? orders.payPart(tx, part, now) : part;
  }

  private void settle(Mixed order) {
    insurance
        .settle(order.payOrderId)
        .map(Settlement::state)
        .map(MixedOrders::insuranceState)
        .ifPresent(
            state ->
                store.inTransaction(
                    tx ->
                        tx.update(
                            "update mixed_order set insurance_state = ? where out_trade_no = ?",
                            state,
                            order.outTradeNo)));
  }

  private static String insuranceState(Settlement.State state) {
    return switch (state) {
      case CREATED -> "CREATED";
      case SETTLED -> "SUCCESS";
      case DECLINED, REVERSED, CANCELLED -> "FAIL";
    };
  }

  private void requireFitsBureau(MixedOrderRequest request) {
    if (!request.hasInsurance()) {
      return;
    }
    Settlement split =
        insurance
            .ofPayOrder(request.payOrderId())
            .orElseThrow(() -> ChannelErrors.invalid("the bureau knows no such pay_order_id"));
    boolean fits =
        split.govFen() == zero(request.medInsGovFee())
            && split.selfFen() == zero(request.medInsSelfFee())
            && split.otherFen() == zero(request.medInsOtherFee())
            && split.cashFen() == zero(request.medInsCashFee())
            && split.institution().equals(request.medInstNo())
            && split.isAllowedBy(request.payAuthNo());
    if (!fits) {
      throw ChannelErrors.invalid("the bureau has split the bill otherwise");
    }
  }

  private static void requireFitsPayment(Tx tx, MixedOrderRequest request) {
    if (!request.hasCash()) {
      return;
    }
    Payment part =
        Orders.lockByPrepay(tx, request.prepayId())
            .orElseThrow(() -> ChannelErrors.invalid("no such prepay_id"));
    if (!part.isPartOfMixed() || part.amountFen() != request.wechatPayCashFee()) {
      throw ChannelErrors.invalid("prepay_id is not of this order's cash part");
    }
    if (!part.openId().equals(request.openid())) {
      throw ChannelErrors.invalid("prepay_id is of another payer");
    }
  }

  private void insert(Tx tx, MixedOrderRequest request, String content) {
    tx.update(
        "insert into mixed_order (out_trade_no, mix_trade_no, prepay_id, pay_order_id, content,"
            + " total_fee, insurance_state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing",
        request.outTradeNo(),
        "M" + ChannelTime.compact(clock.instant()) + keys.digits(17),
        request.prepayId(),
        request.payOrderId(),
        content,
        request.totalFee(),
        request.hasInsurance() ? "CREATED" : "NONE",
        clock.instant());
  }

  private Map<String, Object> show(String outTradeNo) {
    return store.inTransaction(
        tx -> {
          Mixed order = find(tx, outTradeNo).orElseThrow(ChannelErrors::orderUnknown);
          String cash = order.prepayId == null ? "NONE" : cashState(tx, order.prepayId);
          Map<String, Object> shown = new LinkedHashMap<>();
          shown.put("mix_trade_no", order.mixTradeNo);
          shown.put("out_trade_no", order.outTradeNo);
          shown.put("total_fee", order.totalFee);
          shown.put("mix_pay_status", "MIX_PAY_" + whole(cash, order.insuranceState));
          shown.put("self_pay_status", cash.equals("NONE") ? "NO_SELF_PAY" : "SELF_PAY_" + cash);
          shown.put(
              "med_ins_pay_status",
              order.insuranceState.equals("NONE")
                  ? "NO_MED_INS_PAY"
                  : "MED_INS_PAY_" + order.insuranceState);
          return shown;
        });
  }

  /** CREATED while a part is open; else FAIL when one failed. */
  private static String whole(String cash, String insurance) {
    if (cash.equals("CREATED") || insurance.equals("CREATED")) {
      return "CREATED";
    }
    return cash.equals("FAIL") || insurance.equals("FAIL") ? "FAIL" : "SUCCESS";
  }

  private String cashState(Tx tx, String prepayId) {
    String number = Orders.lockByPrepay(tx, prepayId).orElseThrow().outTradeNo();
    return switch (Orders.lock(tx, number, clock.instant()).state()) {
      case NOTPAY -> "CREATED";
      case SUCCESS -> "SUCCESS";
      case CLOSED -> "FAIL";
    };
  }

  private Mixed require(String outTradeNo) {
    return store.inTransaction(tx -> find(tx, outTradeNo)).orElseThrow(ChannelErrors::orderUnknown);
  }

  private static Optional<Mixed> find(Tx tx, String outTradeNo) {
    return tx.first(
        "select * from mixed_order where out_trade_no = ? for update", Mixed::of, outTradeNo);
  }

  private static long zero(Long fen) {
    return fen == null ? 0 : fen;
  }
}
