package io.liangjiang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** CPU time of a process and its children as the kernel counts it (proc(5), stat). Linux only. */
final class CpuClock {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed at 100 on Linux
  private static final int UTIME = 11; // fields after the command name, from zero
  private static final int CSTIME = 14;

  private CpuClock() {}

  /**
   * CPU seconds so far of the processes, their living children, and the children that they have
   * seen end.
   */
  static double seconds(long... pids) {
    return LongStream.of(pids).map(CpuClock::withChildren).sum() / TICKS_PER_SECOND;
  }

  private static long withChildren(long pid) {
    long own = ticks(pid, true);
    long children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(child -> ticks(child.pid(), false))
            .sum();
    return own + children;
  }

  private static long ticks(long pid, boolean withEnded) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int i = UTIME; i <= (withEnded ? CSTIME : UTIME + 1); i++) {
        sum += Long.parseLong(fields[i]);
      }
      return sum;
    } catch (NoSuchFileException e) {
      return 0; // it has ended meanwhile; its parent has its time
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
