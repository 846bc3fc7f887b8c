package io.liangjiang.standalone.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one process: one file, and the file of the run before beside it. */
public final class LogFile {
  private static final int TAIL_BYTES = 64 * 1024;

  private final Path path;

  private LogFile(Path path) {
    this.path = path;
  }

  /** An empty log at the path; what was there is kept as {@code <name>.previous}. */
  public static LogFile fresh(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (Files.exists(path)) {
        Path previous = path.resolveSibling(path.getFileName() + ".previous");
        Files.move(path, previous, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.createFile(path);
      return new LogFile(path);
    } catch (IOException e) {
      throw new StartFailure("The log " + path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Where the log is. */
  public Path path() {
    return path;
  }

  /** The last lines, at most {@code count} and at most 64 KiB of them. */
  public List<String> tail(int count) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("(the log cannot be read: " + e.getMessage() + ")");
    }
  }
}
