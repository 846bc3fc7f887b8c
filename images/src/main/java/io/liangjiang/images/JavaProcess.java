package io.liangjiang.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a Java process of the city begins, in a container and wherever one is measured. */
public final class JavaProcess {
  private static final List<String> OPTIONS =
      List.of(
          "-XX:MaxRAMPercentage=60",
          "-XX:+ExitOnOutOfMemoryError",
          // what the C library keeps of freed memory goes back to the machine
          "-XX:TrimNativeHeapInterval=10000",
          // and so does what the heap has grown by, whenever it is collected as a whole (IdleHeap)
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:-ShrinkHeapInSteps",
          // compilers leave to the interpreter what only a start calls often
          "-XX:CompileThresholdScaling=10",
          "-Djava.io.tmpdir=/tmp",
          // whatever the base knows of locales: without, Chinese is written as question marks
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          // for how long a name of pods is believed, in seconds: less than an old pod stays after
          // it has left the name; the JDK keeps names, and gRPC what the JDK has said
          "-Dsun.net.inetaddr.ttl=2",
          // and for how long that there is none: pods of a new city come one by one
          "-Dsun.net.inetaddr.negative.ttl=1",
          "-Dnetworkaddress.cache.ttl=2",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private JavaProcess() {}

  /** The options of every process. */
  public static List<String> options() {
    return OPTIONS;
  }

  /**
   * The options of a packaged application with its {@link StartFiles}.
   *
   * @param application its folder
   * @param home where that folder will be when the process begins
   */
  public static List<String> options(Path application, Path home) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(StartFiles.options(application, home));
    return options;
  }
}
