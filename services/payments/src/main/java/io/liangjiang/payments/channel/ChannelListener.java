package io.liangjiang.payments.channel;

import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.smallrye.mutiny.Uni;

/**
 * Hears what a channel's call-back led to, after the channel itself was asked. May hear the same
 * more than once.
 */
public interface ChannelListener {
  Uni<Void> onTransaction(ChannelTransaction transaction);

  Uni<Void> onRefund(ChannelRefund refund);
}
