package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.NotificationReader;
import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.v1.Channel;
import io.quarkus.arc.lookup.LookupUnlessProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Gives each channel of this protocol that the city has set up as beans; the others are not there.
 */
final class WeChatPayChannels {
  static final String SANDBOX_MERCHANT = "liangjiang.channel.sandbox-pay.merchant-id";
  private static final String WECHAT_MERCHANT = "liangjiang.channel.wechat-pay.merchant-id";

  @Produces
  @Singleton
  @LookupUnlessProperty(name = SANDBOX_MERCHANT, stringValue = "")
  PaymentChannel sandboxPay(WeChatPayAccounts accounts) {
    return accounts.channel(Channel.SANDBOX_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = WECHAT_MERCHANT, stringValue = "")
  PaymentChannel wechatPay(WeChatPayAccounts accounts) {
    return accounts.channel(Channel.WECHAT_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = SANDBOX_MERCHANT, stringValue = "")
  NotificationReader sandboxPayReader(WeChatPayAccounts accounts) {
    return accounts.reader(Channel.SANDBOX_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = WECHAT_MERCHANT, stringValue = "")
  NotificationReader wechatPayReader(WeChatPayAccounts accounts) {
    return accounts.reader(Channel.WECHAT_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = SANDBOX_MERCHANT, stringValue = "")
  BillSource sandboxPayBills(WeChatPayAccounts accounts) {
    return accounts.bills(Channel.SANDBOX_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = WECHAT_MERCHANT, stringValue = "")
  BillSource wechatPayBills(WeChatPayAccounts accounts) {
    return accounts.bills(Channel.WECHAT_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = SANDBOX_MERCHANT, stringValue = "")
  MixedOrders sandboxPayMixedOrders(WeChatPayAccounts accounts) {
    return accounts.mixedOrders(Channel.SANDBOX_PAY);
  }

  @Produces
  @Singleton
  @LookupUnlessProperty(name = WECHAT_MERCHANT, stringValue = "")
  MixedOrders wechatPayMixedOrders(WeChatPayAccounts accounts) {
    return accounts.mixedOrders(Channel.WECHAT_PAY);
  }
}
