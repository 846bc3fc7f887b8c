package io.liangjiang.payments.channel.wechatpay;

import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.NotificationReader;
import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.channel.wechatpay.WeChatPaySettings.Merchant;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.startup.ProductionCheck;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The merchant accounts, checked at the start; the sandbox's is refused in production. */
@Singleton
@Startup
final class WeChatPayAccounts implements ProductionCheck {
  private static final Logger LOG = Logger.getLogger(WeChatPayAccounts.class);

  private final WeChatPaySettings settings;
  private final InstantSource clock;
  private final Map<Channel, Connection> connections = new EnumMap<>(Channel.class);

  WeChatPayAccounts(WeChatPaySettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    connect(Channel.SANDBOX_PAY, settings.sandboxPay());
    connect(Channel.WECHAT_PAY, settings.wechatPay());
    LOG.infof("Payment channels: %s", connections.keySet());
  }

  private record Connection(MerchantAccount account, WeChatPaySdk sdk, WeChatPayCalls calls) {}

  PaymentChannel channel(Channel id) {
    Connection connection = require(id);
    return new WeChatPayChannel(connection.account, connection.sdk, connection.calls);
  }

  NotificationReader reader(Channel id) {
    Connection connection = require(id);
    return new WeChatPayNotificationReader(connection.account, connection.sdk, clock);
  }

  BillSource bills(Channel id) {
    Connection connection = require(id);
    return new WeChatPayBills(connection.account, connection.sdk, connection.calls);
  }

  MixedOrders mixedOrders(Channel id) {
    Connection connection = require(id);
    return new WeChatPayMixedOrders(
        connection.account, connection.sdk, connection.calls, settings.insuranceCityId());
  }

  @Override
  public List<String> problems() {
    return connections.containsKey(Channel.SANDBOX_PAY)
        ? List.of("the simulated payment channel is set up: unset LIANGJIANG_CHANNEL_SANDBOX_PAY_*")
        : List.of();
  }

  @PreDestroy
  void stop() {
    connections.values().forEach(connection -> connection.calls.close());
  }

  private void connect(Channel id, Merchant merchant) {
    MerchantAccount.of(id, merchant)
        .ifPresent(account -> connections.put(id, connection(id, account)));
  }

  private Connection connection(Channel id, MerchantAccount account) {
    var sdk = new WeChatPaySdk(account, settings.connectTimeout(), settings.callTimeout());
    return new Connection(account, sdk, new WeChatPayCalls(id, sdk, settings.maxConcurrentCalls()));
  }

  private Connection require(Channel id) {
    Connection connection = connections.get(id);
    if (connection == null) {
      throw new IllegalStateException("channel " + id + " is not set up");
    }
    return connection;
  }
}
