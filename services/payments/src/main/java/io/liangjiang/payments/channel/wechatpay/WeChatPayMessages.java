package io.liangjiang.payments.channel.wechatpay;

import com.wechat.pay.java.core.exception.MalformedMessageException;
import com.wechat.pay.java.service.payments.jsapi.model.Amount;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelOrder;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefundOrder;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns our records into the SDK's messages and back; an answer about something else is refused.
 */
final class WeChatPayMessages {
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
  private static final String CURRENCY = "CNY";

  /** Attached to the cash part of a mixed order. */
  private static final String PART_OF_MIXED = "MED_INS";

  private final MerchantAccount account;

  WeChatPayMessages(MerchantAccount account) {
    this.account = account;
  }

  PrepayRequest prepayRequest(ChannelOrder order) {
    Amount amount = new Amount();
    amount.setTotal(Math.toIntExact(order.amountMinor()));
    amount.setCurrency(CURRENCY);
    Payer payer = new Payer();
    payer.setOpenid(order.payerOpenId());
    PrepayRequest request = new PrepayRequest();
    request.setAppid(account.appId());
    request.setMchid(account.merchantId());
    request.setDescription(order.description());
    request.setOutTradeNo(order.outTradeNo());
    request.setTimeExpire(format(order.expireTime()));
    request.setAttach(order.partOfMixed() ? PART_OF_MIXED : null);
    request.setNotifyUrl(account.notifyUrl());
    request.setAmount(amount);
    request.setPayer(payer);
    return request;
  }

  CreateRequest refundRequest(ChannelRefundOrder order) {
    AmountReq amount = new AmountReq();
    amount.setTotal(order.totalMinor());
    amount.setRefund(order.amountMinor());
    amount.setCurrency(CURRENCY);
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo(order.outTradeNo());
    request.setOutRefundNo(order.outRefundNo());
    request.setReason(order.reason().isEmpty() ? null : order.reason());
    request.setNotifyUrl(account.notifyUrl());
    request.setAmount(amount);
    return request;
  }

  ChannelTransaction transaction(Transaction transaction, String outTradeNo) {
    requireSame(outTradeNo, transaction.getOutTradeNo());
    requireSame(account.merchantId(), transaction.getMchid());
    TransactionState state = state(transaction.getTradeState());
    return new ChannelTransaction(
        account.channel(),
        outTradeNo,
        state,
        Objects.requireNonNull(transaction.getAmount(), "amount").getTotal(),
        state == TransactionState.SUCCESS
            ? Objects.requireNonNull(transaction.getTransactionId(), "transaction_id")
            : "");
  }

  ChannelRefund refund(Refund refund, String outRefundNo) {
    requireSame(outRefundNo, refund.getOutRefundNo());
    return new ChannelRefund(
        account.channel(),
        outRefundNo,
        refund.getOutTradeNo(),
        switch (refund.getStatus()) {
          case SUCCESS -> RefundState.SUCCESS;
          case CLOSED -> RefundState.CLOSED;
          case PROCESSING -> RefundState.PROCESSING;
          case ABNORMAL -> RefundState.ABNORMAL;
        },
        Objects.requireNonNull(refund.getAmount(), "amount").getRefund());
  }

  /** A time as the channel writes it, in whole seconds. */
  static String format(Instant time) {
    return RFC_3339.format(time.truncatedTo(ChronoUnit.SECONDS).atOffset(BEIJING));
  }

  /** A payment of which some went back was a success all the same. */
  private static TransactionState state(Transaction.TradeStateEnum state) {
    return switch (state) {
      case SUCCESS, REFUND -> TransactionState.SUCCESS;
      case NOTPAY, USERPAYING, ACCEPT -> TransactionState.NOT_PAID;
      case CLOSED, REVOKED -> TransactionState.CLOSED;
      case PAYERROR -> TransactionState.FAILED;
    };
  }

  private static void requireSame(String expected, @Nullable String actual) {
    if (!expected.equals(actual)) {
      throw new MalformedMessageException("The answer is about something else: " + actual);
    }
  }
}
