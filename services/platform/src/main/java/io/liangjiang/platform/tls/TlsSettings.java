package io.liangjiang.platform.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the files of mutual TLS are; PEM, as cert-manager and cityctl write them. */
@ConfigMapping(prefix = "liangjiang.tls")
public interface TlsSettings {
  /**
   * This process' certificate, and those between it and the authority; without it calls are in the
   * clear.
   */
  Optional<Path> certificateFile();

  /** Its private key, PKCS #8. */
  Optional<Path> keyFile();

  /** Certificates of the authorities whose certificates are taken. */
  Optional<Path> authorityFile();

  /**
   * Whether this process answers HTTP by mutual TLS alone. For a process whose HTTP is for the
   * city's own processes; health and metrics keep a port of their own.
   */
  @WithDefault("false")
  boolean http();

  /** How often the files are looked at. */
  @WithDefault("30s")
  Duration reloadPeriod();
}
