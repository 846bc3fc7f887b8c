package io.liangjiang.standalone.city;

/** Hears how far a start or an end has come, one line at a time. */
@FunctionalInterface
public interface Progress {
  /** Somebody who does not want to know. */
  Progress SILENT = line -> {};

  /** One thing is done. */
  void done(String line);
}
