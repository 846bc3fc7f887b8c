package io.liangjiang.payments.channel.wechatpay;

import com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayWithRequestPaymentResponse;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.channel.wechatpay.WeChatPayCalls.Refused;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The channel: says in the words of payments what the SDK says in its own. */
final class WeChatPayChannel implements PaymentChannel {
  private static final String ORDER_PAID = "ORDERPAID";
  private static final String ORDER_CLOSED = "ORDER_CLOSED";
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  /** The channel writes its codes in two ways. */
  private static final Set<String> PAID_CODES = Set.of(ORDER_PAID, "ORDER_PAID");

  private static final Set<String> CLOSED_CODES = Set.of(ORDER_CLOSED, "ORDERCLOSED");

  private final MerchantAccount account;
  private final WeChatPaySdk sdk;
  private final WeChatPayCalls calls;
  private final WeChatPayMessages messages;

  WeChatPayChannel(MerchantAccount account, WeChatPaySdk sdk, WeChatPayCalls calls) {
    this.account = account;
    this.sdk = sdk;
    this.calls = calls;
    this.messages = new WeChatPayMessages(account);
  }

  @Override
  public Channel id() {
    return account.channel();
  }

  @Override
  public Optional<String> payerApp() {
    return Optional.of(account.appId());
  }

  @Override
  public boolean mayBePaidAtOnce() {
    return account.channel() == Channel.SANDBOX_PAY;
  }

  @Override
  public Uni<Prepayment> prepay(ChannelOrder order) {
    return recover(calls.call(() -> payParameters(order)), this::alreadyPaid).map(Prepayment::new);
  }

  @Override
  public Uni<ChannelTransaction> query(String outTradeNo) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(account.merchantId());
    request.setOutTradeNo(outTradeNo);
    return recover(
        calls.call(
            () -> messages.transaction(sdk.orders().queryOrderByOutTradeNo(request), outTradeNo)),
        refused -> unknownTransaction(refused, outTradeNo));
  }

  @Override
  public Uni<Void> close(String outTradeNo) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(account.merchantId());
    request.setOutTradeNo(outTradeNo);
    return recover(
            calls.call(
                () -> {
                  sdk.orders().closeOrder(request);
                  return true;
                }),
            this::isOver)
        .replaceWithVoid();
  }

  @Override
  public Uni<ChannelRefund> refund(ChannelRefundOrder order) {
    return calls
        .call(
            () ->
                messages.refund(
                    sdk.refunds().create(messages.refundRequest(order)), order.outRefundNo()))
        .onFailure(Refused.class)
        .recoverWithUni(refused -> refusedRefund((Refused) refused, order));
  }

  @Override
  public Uni<ChannelRefund> queryRefund(String outRefundNo) {
    QueryByOutRefundNoRequest request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(outRefundNo);
    return recover(
        calls.call(() -> messages.refund(sdk.refunds().queryByOutRefundNo(request), outRefundNo)),
        refused -> unknownRefund(refused, outRefundNo));
  }

  /** What a refusal means; a recovery that throws gives the failure. */
  private static <T> Uni<T> recover(Uni<T> call, Function<Refused, T> recovery) {
    return call.onFailure(Refused.class)
        .recoverWithUni(refused -> Uni.createFrom().item(() -> recovery.apply((Refused) refused)));
  }

  private Map<String, String> payParameters(ChannelOrder order) {
    PrepayWithRequestPaymentResponse response =
        sdk.orders().prepayWithRequestPayment(messages.prepayRequest(order));
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("appId", response.getAppId());
    parameters.put("timeStamp", response.getTimeStamp());
    parameters.put("nonceStr", response.getNonceStr());
    parameters.put("package", response.getPackageVal());
    parameters.put("signType", response.getSignType());
    parameters.put("paySign", response.getPaySign());
    return parameters;
  }

  /** The first answer was lost and the phone has paid since: nothing is left to be handed to it. */
  private Map<String, String> alreadyPaid(Refused refused) {
    if (PAID_CODES.contains(refused.code())) {
      return Map.of();
    }
    if (CLOSED_CODES.contains(refused.code())) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_CLOSED, "The channel has closed this payment");
    }
    throw notAllowed(refused);
  }

  private ChannelTransaction unknownTransaction(Refused refused, String outTradeNo) {
    if (refused.status() != NOT_FOUND) {
      throw notAllowed(refused);
    }
    return new ChannelTransaction(id(), outTradeNo, TransactionState.UNKNOWN, 0, "");
  }

  /** Paid before, closed before or never heard of: in each case it can no longer be paid now. */
  private boolean isOver(Refused refused) {
    if (PAID_CODES.contains(refused.code())
        || CLOSED_CODES.contains(refused.code())
        || refused.status() == NOT_FOUND) {
      return true;
    }
    throw notAllowed(refused);
  }

  /** The channel says no for good, unless it has the refund under this number already. */
  private Uni<ChannelRefund> refusedRefund(Refused refused, ChannelRefundOrder order) {
    if (refused.status() != BAD_REQUEST && refused.status() != NOT_FOUND) {
      return Uni.createFrom().failure(notAllowed(refused));
    }
    return queryRefund(order.outRefundNo())
        .map(
            refund ->
                refund.state() == RefundState.UNKNOWN
                    ? new ChannelRefund(
                        id(),
                        order.outRefundNo(),
                        order.outTradeNo(),
                        RefundState.CLOSED,
                        order.amountMinor())
                    : refund);
  }

  private ChannelRefund unknownRefund(Refused refused, String outRefundNo) {
    if (refused.status() != NOT_FOUND) {
      throw notAllowed(refused);
    }
    return new ChannelRefund(id(), outRefundNo, "", RefundState.UNKNOWN, 0);
  }

  private ServiceException notAllowed(Refused refused) {
    return new ServiceException(
            PaymentsReason.CHANNEL_NOT_ALLOWED, "The payment channel refuses the request")
        .with("channel", id().name())
        .with("channelCode", refused.code());
  }
}
