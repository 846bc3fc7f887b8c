package io.liangjiang.payments.channel;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The channels that this city has. */
@ApplicationScoped
public class PaymentChannels {
  private final Map<Channel, PaymentChannel> channels = new EnumMap<>(Channel.class);
  private final Map<Channel, NotificationReader> readers = new EnumMap<>(Channel.class);
  private final Map<Channel, MixedOrders> mixedOrders = new EnumMap<>(Channel.class);

  PaymentChannels(
      @Any Instance<PaymentChannel> channels,
      @Any Instance<NotificationReader> readers,
      @Any Instance<MixedOrders> mixedOrders) {
    channels.forEach(channel -> this.channels.put(channel.id(), channel));
    readers.forEach(reader -> this.readers.put(reader.channel(), reader));
    mixedOrders.forEach(orders -> this.mixedOrders.put(orders.channel(), orders));
  }

  /** The channel. Errors: CHANNEL_NOT_ALLOWED when the city has none of this name. */
  public PaymentChannel require(Channel id) {
    PaymentChannel channel = channels.get(id);
    if (channel == null) {
      throw new ServiceException(
              PaymentsReason.CHANNEL_NOT_ALLOWED, "This city has no channel of this name")
          .with("channel", id.name());
    }
    return channel;
  }

  /** The mini-program that has to know whoever pays through a channel, if one has to. */
  public Optional<String> payerApp(Channel id) {
    Channel collector =
        id == Channel.MEDICAL_INSURANCE ? mixedOrders().map(MixedOrders::channel).orElse(id) : id;
    return Optional.ofNullable(channels.get(collector)).flatMap(PaymentChannel::payerApp);
  }

  /** Who takes orders of insurance and cash; the real channel before the simulated one. */
  public Optional<MixedOrders> mixedOrders() {
    MixedOrders real = mixedOrders.get(Channel.WECHAT_PAY);
    return Optional.ofNullable(real == null ? mixedOrders.get(Channel.SANDBOX_PAY) : real);
  }

  /** Who reads the channel's call-backs, if the city has the channel. */
  public Optional<NotificationReader> reader(Channel id) {
    return Optional.ofNullable(readers.get(id));
  }
}
