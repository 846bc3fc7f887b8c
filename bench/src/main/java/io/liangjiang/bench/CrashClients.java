package io.liangjiang.bench;

import io.grpc.StatusRuntimeException;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import io.liangjiang.payments.v1.PostPendingTransferRequest;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.v1.Money;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Clients that each move money without a pause, and send again with the same key whatever was not
 * answered, until it is. A third sets money aside first and posts half of it.
 */
final class CrashClients implements AutoCloseable {
  private static final int CLIENTS = 64;
  private static final int DEADLINE_SECONDS = 5;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int PENDING_SECONDS = 3_600;

  private volatile LedgerServiceBlockingStub ledger;
  private final List<String> payers;
  private final String hot;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Queue<Transfer> acknowledged = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();

  CrashClients(LedgerServiceBlockingStub ledger, List<String> payers, String hot) {
    this.ledger = ledger;
    this.payers = payers;
    this.hot = hot;
  }

  void start() {
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      running.add(threads.submit(() -> work(number)));
    }
  }

  /** Where the service is now. */
  void moveTo(LedgerServiceBlockingStub other) {
    ledger = other;
  }

  /** Transfers that were answered so far. */
  Queue<Transfer> acknowledged() {
    return acknowledged;
  }

  /** Waits until so many were answered; fails when the ledger does not come back. */
  void awaitAcknowledged(int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged.size() < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only %d of %d were answered".formatted(acknowledged.size(), count));
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Lets everybody finish what they have begun. */
  void finish() throws InterruptedException {
    stopped.set(true);
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client gave up", e);
      }
    }
  }

  private void work(int number) {
    while (!stopped.get()) {
      String payer = payers.get(ThreadLocalRandom.current().nextInt(payers.size()));
      if (number % 3 == 0) {
        Transfer pending = create(payer, 2, PENDING_SECONDS);
        var post =
            PostPendingTransferRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setTransferId(pending.getTransferId())
                .setAmount(cny(1))
                .build();
        untilAnswered(stub -> stub.postPendingTransfer(post));
      } else {
        create(payer, 1, 0);
      }
    }
  }

  private Transfer create(String payer, long amountMinor, int pendingSeconds) {
    var request =
        CreateTransferRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setDebitAccountId(payer)
            .setCreditAccountId(hot)
            .setAmount(cny(amountMinor));
    if (pendingSeconds > 0) {
      request.getPendingTtlBuilder().setSeconds(pendingSeconds);
    }
    CreateTransferRequest built = request.build();
    return untilAnswered(stub -> stub.createTransfer(built));
  }

  private Transfer untilAnswered(Function<LedgerServiceBlockingStub, Transfer> call) {
    while (true) {
      try {
        Transfer answer = call.apply(ledger.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
        acknowledged.add(answer);
        return answer;
      } catch (StatusRuntimeException e) {
        requireWorthATry(e);
        pause();
      }
    }
  }

  private static void requireWorthATry(StatusRuntimeException failure) {
    switch (failure.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED -> {}
      default -> {
        // What a connection that broke in the middle of a write is called when it has no better
        // name.
        if (!(failure.getStatus().getCause() instanceof IOException)) {
          throw failure;
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.shutdownNow();
  }
}
