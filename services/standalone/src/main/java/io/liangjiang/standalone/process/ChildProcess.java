package io.liangjiang.standalone.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One running program, its log beside it. */
public final class ChildProcess {
  /**
   * What to run.
   *
   * @param name how the program is called in messages
   * @param command program and arguments
   * @param environment added to the launcher's own environment
   * @param directory working directory
   */
  public record Command(
      String name, List<String> command, Map<String, String> environment, Path directory) {}

  /**
   * The kernel ends a child when the thread that started it ends, so all children are started by
   * one thread that lives as long as the launcher.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("process-starter").factory());

  private final Command command;
  private final LogFile log;
  private final Process process;
  private volatile boolean endWanted;

  private ChildProcess(Command command, LogFile log, Process process) {
    this.command = command;
    this.log = log;
    this.process = process;
  }

  /** Starts the program; its output is added to the log. */
  public static ChildProcess start(Command command, LogFile log) {
    ProcessBuilder builder =
        new ProcessBuilder(Detachment.of(command.command()))
            .directory(command.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
    builder.environment().putAll(command.environment());
    try {
      return new ChildProcess(command, log, STARTER.submit(builder::start).get());
    } catch (ExecutionException e) {
      throw new StartFailure(command.name() + " cannot be started: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while starting " + command.name(), e);
    }
  }

  /** How the program is called in messages. */
  public String name() {
    return command.name();
  }

  /** Its log. */
  public LogFile log() {
    return log;
  }

  /** Id of the process. */
  public long pid() {
    return process.pid();
  }

  /** False once it has ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** True when it has ended though nobody asked it to. */
  public boolean diedByItself() {
    return !process.isAlive() && !endWanted;
  }

  /** Tells the listener when it has ended, for whatever reason. */
  public void whenEnded(Consumer<ChildProcess> listener) {
    var unused = process.onExit().thenAccept(ended -> listener.accept(this));
  }

  /** What it ended with; above 128 it was a signal. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Asks it to end (SIGTERM) and returns at once. */
  public void askToEnd() {
    endWanted = true;
    process.destroy();
  }

  /**
   * Waits for its end after {@link #askToEnd} and kills it when it takes longer than the patience.
   */
  public void awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends it without a word (SIGKILL), as a crash or a lost machine would, and waits until it is
   * gone.
   */
  public void kill() throws InterruptedException {
    endWanted = true;
    process.destroyForcibly().waitFor();
  }

  /** The program's end as a message: its exit code and the tail of its log. */
  public String obituary() {
    String tail = String.join(System.lineSeparator() + "    ", log.tail(25));
    return "%s ended with exit code %d. The end of %s:%n    %s"
        .formatted(name(), exitCode(), log.path(), tail);
  }

  /**
   * Sends a signal, for example INT, to a process that an earlier launcher left behind; harmless
   * when it is gone.
   */
  public static void signal(long pid, String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.onExit().join();
    } catch (IOException e) {
      throw new StartFailure("Process " + pid + " cannot be ended: " + e.getMessage(), e);
    }
  }
}
