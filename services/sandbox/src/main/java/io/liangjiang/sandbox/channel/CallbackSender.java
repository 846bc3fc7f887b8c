package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.channel.Callbacks.Pending;
import io.liangjiang.sandbox.fault.FaultPlan;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Settles refunds and sends what is due, on a thread of its own; each call-back on another. */
@Singleton
final class CallbackSender {
  private static final Logger LOG = Logger.getLogger(CallbackSender.class);
  private static final int BATCH = 64;
  private static final Duration POLL = Duration.ofMillis(500);

  /** How long a signed message is sent again as it is: signing costs most of a try. */
  private static final Duration SIGNATURE_REUSE = Duration.ofMinutes(1);

  private final Callbacks callbacks;
  private final Refunds refunds;
  private final Faults faults;
  private final ChannelKeys keys;
  private final SandboxConfig config;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Map<String, Message> messages = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CallbackMessage.TIMEOUT)
          .build();
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile boolean stopped;

  CallbackSender(
      Callbacks callbacks,
      Refunds refunds,
      Faults faults,
      ChannelKeys keys,
      SandboxConfig config,
      InstantSource clock,
      ObjectMapper json) {
    this.callbacks = callbacks;
    this.refunds = refunds;
    this.faults = faults;
    this.keys = keys;
    this.config = config;
    this.clock = clock;
    this.json = json;
  }

  /** A signed message that was not taken yet. */
  private record Message(HttpRequest request, Instant signedAt) {}

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().daemon().name("callbacks").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    callbacks.wake();
  }

  private void run() {
    while (!stopped) {
      try {
        step();
        callbacks.await(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One look at what is due; one that fails is followed by the next. */
  void step() {
    try {
      refunds.settleDue();
      dispatchDue();
      if (away.compareAndSet(true, false)) {
        LOG.info("Call-backs go on: the database is back");
      }
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** A database that is away is told of once, a fault each time and with its trace. */
  private void report(RuntimeException e) {
    if (stopped) {
      return;
    }
    if (!Store.isAway(e)) {
      LOG.error("Call-backs wait: the books could not be read", e);
    } else if (away.compareAndSet(false, true)) {
      LOG.warnf("Call-backs wait for the database: %s", e.getCause().getMessage());
    }
  }

  private void dispatchDue() {
    List<Pending> due = callbacks.due(BATCH);
    if (faults.now().callbacks() == FaultPlan.Callbacks.REORDER) {
      due.reversed().forEach(this::send);
      return;
    }
    for (Pending callback : due) {
      if (underWay.add(callback.id())) {
        Thread.ofVirtual().name("callback-" + callback.id()).start(() -> sendAndForget(callback));
      }
    }
  }

  private void sendAndForget(Pending callback) {
    try {
      send(callback);
    } catch (RuntimeException e) {
      report(e);
    } finally {
      underWay.remove(callback.id());
    }
  }

  private void send(Pending callback) {
    HttpRequest message = message(callback);
    String outcome = "";
    for (int copy = 0; copy < callback.copies(); copy++) {
      outcome = post(message);
    }
    if (outcome.equals("200") || outcome.equals("204")) {
      messages.remove(callback.id());
      callbacks.delivered(callback, outcome);
      return;
    }
    LOG.infof("Call-back %s to %s: %s", callback.id(), callback.url(), outcome);
    Duration wait =
        CallbackSchedule.waitAfter(callback.attempts(), config.callbackTimeScale()).orElse(null);
    callbacks.failed(callback, outcome, wait);
  }

  private HttpRequest message(Pending callback) {
    Instant now = clock.instant();
    messages.values().removeIf(message -> message.signedAt.plus(SIGNATURE_REUSE).isBefore(now));
    return messages.computeIfAbsent(
            callback.id(), id -> new Message(CallbackMessage.of(callback, keys, now, json), now))
        .request;
  }

  private String post(HttpRequest request) {
    try {
      HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
      return Integer.toString(response.statusCode());
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
