package io.liangjiang.payments.collect;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.EnumMap;
import java.util.Map;

/** The channels that this city has. */
@ApplicationScoped
public class Channels {
  private final Map<Channel, PaymentChannel> byId = new EnumMap<>(Channel.class);

  Channels(@Any Instance<PaymentChannel> channels) {
    channels.forEach(channel -> byId.put(channel.id(), channel));
  }

  /** A channel that money from outside comes through. Errors: CHANNEL_NOT_ALLOWED. */
  public PaymentChannel get(Channel id) {
    PaymentChannel channel = byId.get(id);
    if (channel == null) {
      throw new ServiceException(PaymentsReason.CHANNEL_NOT_ALLOWED, "not a channel of this city")
          .with("channel", id);
    }
    return channel;
  }
}
