package io.liangjiang.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.InternalChannelz;
import io.grpc.InternalInstrumented;
import io.grpc.InternalLogId;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Channels that pause because their service was away. */
class ChannelWakeTest {
  @Test
  void channelsOfThisProcessAreFound() {
    ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", 1).usePlaintext().build();
    try {
      assertThat(ChannelWake.channels())
          .extracting(ManagedChannel::authority)
          .contains(channel.authority());
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void theyTryAgainNow() {
    Pausing channel = new Pausing();
    InternalChannelz.instance().addRootChannel(channel);
    try {
      ChannelWake wake = new ChannelWake();

      wake.wake();
      assertThat(channel.tries).hasValue(1);

      for (int i = 0; i < 1_000; i++) {
        wake.wake(); // as many calls fail at once
      }
      assertThat(channel.tries).hasValueLessThan(1_000);
    } finally {
      InternalChannelz.instance().removeRootChannel(channel);
    }
  }

  /** Counts how often it is told not to pause. */
  private static final class Pausing extends ManagedChannel
      implements InternalInstrumented<InternalChannelz.ChannelStats> {
    private final AtomicInteger tries = new AtomicInteger();
    private final InternalLogId id = InternalLogId.allocate("pausing", null);

    @Override
    public void resetConnectBackoff() {
      tries.incrementAndGet();
    }

    @Override
    public InternalLogId getLogId() {
      return id;
    }

    @Override
    public ListenableFuture<InternalChannelz.ChannelStats> getStats() {
      return Futures.immediateFailedFuture(new UnsupportedOperationException());
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String authority() {
      return "nobody";
    }
  }
}
