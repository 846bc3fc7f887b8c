package io.liangjiang.payments.channel.notification;

import io.liangjiang.payments.channel.ChannelListener;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears everything; fails as often as it is told to first. */
@Singleton
final class RecordingListener implements ChannelListener {
  private static final int AWAIT_SECONDS = 30;

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();

  @Override
  public Uni<Void> onTransaction(ChannelTransaction transaction) {
    return hear(transaction);
  }

  @Override
  public Uni<Void> onRefund(ChannelRefund refund) {
    return hear(refund);
  }

  void fail(int times) {
    failures.set(times);
  }

  /** The next thing it heard; fails when nothing comes. */
  Object next() {
    try {
      Object next = heard.poll(AWAIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was heard");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int waiting() {
    return heard.size();
  }

  private Uni<Void> hear(Object news) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Uni.createFrom().failure(new IllegalStateException("not now"));
    }
    heard.add(news);
    return Uni.createFrom().voidItem();
  }
}
