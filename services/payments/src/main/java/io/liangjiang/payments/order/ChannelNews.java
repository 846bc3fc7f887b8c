package io.liangjiang.payments.order;

import io.liangjiang.payments.channel.ChannelListener;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Hands what a channel's call-back led to on to payments and refunds. */
@ApplicationScoped
public class ChannelNews implements ChannelListener {
  private final ChannelPayments payments;
  private final ChannelRefunds refunds;

  ChannelNews(ChannelPayments payments, ChannelRefunds refunds) {
    this.payments = payments;
    this.refunds = refunds;
  }

  @Override
  public Uni<Void> onTransaction(ChannelTransaction transaction) {
    return payments.apply(transaction);
  }

  @Override
  public Uni<Void> onRefund(ChannelRefund refund) {
    UUID id = ChannelPayment.idOf(refund.outRefundNo());
    return id == null ? Uni.createFrom().voidItem() : refunds.apply(id, refund);
  }
}
