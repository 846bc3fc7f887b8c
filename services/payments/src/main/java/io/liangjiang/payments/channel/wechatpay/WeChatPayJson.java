package io.liangjiang.payments.channel.wechatpay;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The messages that the SDK reads and writes field by field; a native program must know them. */
@RegisterForReflection(
    classNames = {
      "com.wechat.pay.java.core.notification.Notification",
      "com.wechat.pay.java.core.notification.Resource",
      "com.wechat.pay.java.service.payments.model.Transaction",
      "com.wechat.pay.java.service.payments.model.Transaction$TradeStateEnum",
      "com.wechat.pay.java.service.payments.model.Transaction$TradeTypeEnum",
      "com.wechat.pay.java.service.payments.model.TransactionAmount",
      "com.wechat.pay.java.service.payments.model.TransactionPayer",
      "com.wechat.pay.java.service.payments.model.PromotionDetail",
      "com.wechat.pay.java.service.payments.model.PromotionDetail$ScopeEnum",
      "com.wechat.pay.java.service.payments.model.PromotionDetail$TypeEnum",
      "com.wechat.pay.java.service.payments.model.PromotionGoodsDetail",
      "com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest",
      "com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest$LimitPayEnum",
      "com.wechat.pay.java.service.payments.jsapi.model.PrepayResponse",
      "com.wechat.pay.java.service.payments.jsapi.model.Amount",
      "com.wechat.pay.java.service.payments.jsapi.model.Payer",
      "com.wechat.pay.java.service.payments.jsapi.model.Detail",
      "com.wechat.pay.java.service.payments.jsapi.model.GoodsDetail",
      "com.wechat.pay.java.service.payments.jsapi.model.SceneInfo",
      "com.wechat.pay.java.service.payments.jsapi.model.StoreInfo",
      "com.wechat.pay.java.service.payments.jsapi.model.SettleInfo",
      "com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest",
      "com.wechat.pay.java.service.payments.jsapi.model.CloseRequest",
      "com.wechat.pay.java.service.refund.model.CreateRequest",
      "com.wechat.pay.java.service.refund.model.AmountReq",
      "com.wechat.pay.java.service.refund.model.FundsFromItem",
      "com.wechat.pay.java.service.refund.model.ReqFundsAccount",
      "com.wechat.pay.java.service.refund.model.Refund",
      "com.wechat.pay.java.service.refund.model.Amount",
      "com.wechat.pay.java.service.refund.model.Account",
      "com.wechat.pay.java.service.refund.model.Channel",
      "com.wechat.pay.java.service.refund.model.Status",
      "com.wechat.pay.java.service.refund.model.FundsAccount",
      "com.wechat.pay.java.service.refund.model.Promotion",
      "com.wechat.pay.java.service.refund.model.Scope",
      "com.wechat.pay.java.service.refund.model.Type",
      "com.wechat.pay.java.service.refund.model.GoodsDetail",
      "com.wechat.pay.java.service.billdownload.model.QueryBillEntity",
      "com.wechat.pay.java.service.billdownload.model.HashType"
    })
final class WeChatPayJson {
  private WeChatPayJson() {}
}
