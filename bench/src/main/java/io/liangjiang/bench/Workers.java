package io.liangjiang.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets workers do one thing after the other for a while, each in its own thread, as devices do that
 * wait for an answer before they go on.
 */
final class Workers {
  /** One step of a worker, which throws when it did not succeed. */
  interface Step {
    void run() throws Exception;
  }

  private Workers() {}

  /**
   * Runs each step again and again until the time is over.
   *
   * @param steps one a worker
   * @param pids processes whose CPU time counts
   */
  static Sample run(List<? extends Step> steps, double seconds, long... pids) {
    double cpuBefore = CpuClock.seconds(pids);
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    long operations = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(threads.submit(() -> repeat(step, end)));
      }
      for (Future<Long> one : running) {
        operations += one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a step failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    return new Sample(operations, took, CpuClock.seconds(pids) - cpuBefore);
  }

  private static long repeat(Step step, long end) throws Exception {
    long done = 0;
    while (System.nanoTime() < end) {
      step.run();
      done++;
    }
    return done;
  }
}
