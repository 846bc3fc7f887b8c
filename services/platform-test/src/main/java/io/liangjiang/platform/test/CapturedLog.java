package io.liangjiang.platform.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a logger says while a test looks, its children's words too. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private CapturedLog(Logger logger) {
    this.logger = logger;
    logger.addHandler(handler);
  }

  /** Looks from now on, at information and what is worse. */
  public static CapturedLog of(String logger) {
    return new CapturedLog(Logger.getLogger(logger));
  }

  /** Lines so far that would be on the console, each as "LEVEL message". */
  public List<String> lines() {
    return records.stream()
        .filter(line -> line.getLevel().intValue() >= Level.INFO.intValue())
        .filter(CapturedLog::isShown)
        .map(line -> line.getLevel() + " " + ExtLogRecord.wrap(line).getFormattedMessage())
        .toList();
  }

  /** How many lines so far came with a stack trace, whatever their level. */
  public long traces() {
    return records.stream().filter(line -> line.getThrown() != null).count();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }

  /** Quarkus puts its filters on handlers. */
  private static boolean isShown(LogRecord line) {
    for (Handler each : Logger.getLogger("").getHandlers()) {
      if (!isShown(each, line)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShown(Handler each, LogRecord line) {
    if (each instanceof org.jboss.logmanager.ExtHandler outer) {
      for (Handler inner : outer.getHandlers()) {
        if (!isShown(inner, line)) {
          return false;
        }
      }
    }
    return each.getFilter() == null || each.getFilter().isLoggable(line);
  }
}
