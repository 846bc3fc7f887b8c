package io.liangjiang.platform.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of a test. */
public record GivenTls(
    Optional<Path> certificateFile,
    Optional<Path> keyFile,
    Optional<Path> authorityFile,
    boolean http,
    Duration reloadPeriod)
    implements TlsSettings {
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMillis(20);

  /** Calls in the clear. */
  public static GivenTls none() {
    return new GivenTls(Optional.empty(), Optional.empty(), Optional.empty(), false, LATER);
  }

  /** The files of an {@link Authority}. */
  public static GivenTls in(Path folder) {
    return new GivenTls(
        Optional.of(folder.resolve("tls.crt")),
        Optional.of(folder.resolve("tls.key")),
        Optional.of(folder.resolve("ca.crt")),
        false,
        LATER);
  }

  GivenTls withHttp() {
    return new GivenTls(certificateFile, keyFile, authorityFile, true, reloadPeriod);
  }

  /** Files that are looked at often. */
  GivenTls followed() {
    return new GivenTls(certificateFile, keyFile, authorityFile, http, SOON);
  }

  GivenTls withoutKey() {
    return new GivenTls(certificateFile, Optional.empty(), authorityFile, http, reloadPeriod);
  }
}
