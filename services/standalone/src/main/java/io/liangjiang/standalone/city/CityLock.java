package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One launcher at a time for one data directory; the operating system gives the lock back when the
 * launcher dies.
 */
final class CityLock implements AutoCloseable {
  private final FileChannel channel;

  private CityLock(FileChannel channel) {
    this.channel = channel;
  }

  static CityLock take(Path data) {
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(
              data.resolve("city.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartFailure(
            "A city is already running on the data in %s. End it with Ctrl-C first."
                .formatted(data));
      }
      return new CityLock(channel);
    } catch (IOException e) {
      throw new StartFailure("The data directory " + data + " cannot be used: " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StartFailure("The lock cannot be given back: " + e.getMessage(), e);
    }
  }
}
