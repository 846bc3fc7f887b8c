package io.liangjiang.sandbox.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.StoreOn;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the loop says while it cannot read its books. */
class CallbackSenderTest {
  private final Logger logger = Logger.getLogger(CallbackSender.class.getName());
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void look() {
    logger.addHandler(handler);
  }

  @AfterEach
  void lookAway() {
    logger.removeHandler(handler);
  }

  @Test
  void tellsOnceThatTheDatabaseIsAway() {
    steps(StoreOn.failing("08001"), 3);

    assertThat(lines).singleElement().matches(line -> line.getThrown() == null);
  }

  @Test
  void tellsOfAFaultEachTime() {
    steps(StoreOn.failing("42703"), 3);

    assertThat(lines)
        .hasSize(3)
        .allMatch(line -> line.getThrown().getCause() instanceof SQLException);
  }

  private static void steps(Store store, int count) {
    var clock = InstantSource.system();
    var callbacks = new Callbacks(store, null, clock, null);
    var refunds = new Refunds(store, null, new Faults(), callbacks, clock);
    var sender = new CallbackSender(callbacks, refunds, null, null, null, clock, null);
    for (int i = 0; i < count; i++) {
      sender.step();
    }
  }
}
