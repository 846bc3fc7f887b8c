package io.liangjiang.standalone.run;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.StartFailure;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * {@code make run}: raises the city, prints where everything is, and waits until Ctrl-C or until a
 * process dies.
 */
public final class Launcher {
  private final PrintStream out = System.out;
  private final CompletableFuture<@Nullable ChildProcess> end = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread main = Thread.currentThread();
  private final AtomicBoolean starting = new AtomicBoolean(true);

  private Launcher() {}

  /** Exit code 0 after Ctrl-C, 1 when the city did not come up or a process died. */
  public static void main(String[] words) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = new Launcher().run(List.of(words));
    Runtime.getRuntime().halt(code);
  }

  private int run(List<String> words) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endOnSignal, "end-on-signal"));
    try {
      Arguments arguments = Arguments.parse(words);
      out.printf("Starting the city; data and logs are in %s%n", arguments.data());
      long begin = System.nanoTime();
      try (City city = City.start(arguments.options().withProgress(this::progress))) {
        starting.set(false);
        out.print(new Welcome(city).text((System.nanoTime() - begin) / 1e9));
        return awaitEnd(city);
      }
    } catch (StartFailure e) {
      System.err.println();
      System.err.println(e.getMessage());
      return 1;
    } finally {
      ended.countDown();
    }
  }

  private int awaitEnd(City city) {
    CompletableFuture<ChildProcess> death = city.firstDeath();
    CompletableFuture.anyOf(death, end).join();
    out.println();
    if (death.isDone() && !end.isDone()) {
      System.err.println(death.join().obituary());
      out.println("Ending the rest of the city ...");
      return 1;
    }
    out.println("Ending the city; the data stays ...");
    return 0;
  }

  private void progress(String line) {
    out.println("  " + line);
  }

  /**
   * Runs when the terminal or a supervisor asks the launcher to end; waits for the main thread to
   * end the city.
   */
  private void endOnSignal() {
    end.complete(null);
    if (starting.get()) {
      main.interrupt();
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
