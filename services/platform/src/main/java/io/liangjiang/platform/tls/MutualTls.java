package io.liangjiang.platform.tls;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** This process' credentials where there are any, kept as fresh as their files. */
@ApplicationScoped
public class MutualTls {
  private final Optional<Credentials> credentials;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());

  /** Errors: IllegalStateException where files are not named, not there or do not fit. */
  public MutualTls(TlsSettings settings) {
    if (settings.http()) {
      needed(settings::certificateFile, "certificate-file");
    }
    this.credentials =
        settings
            .certificateFile()
            .map(
                certificate ->
                    Credentials.of(
                        certificate,
                        needed(settings::keyFile, "key-file"),
                        needed(settings::authorityFile, "authority-file")));
    long millis = settings.reloadPeriod().toMillis();
    credentials.ifPresent(
        present -> {
          var unused =
              timer.scheduleWithFixedDelay(present::reload, millis, millis, TimeUnit.MILLISECONDS);
        });
  }

  private static Path needed(Supplier<Optional<Path>> setting, String name) {
    return setting
        .get()
        .orElseThrow(() -> new IllegalStateException("liangjiang.tls." + name + " is not set"));
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  /** Whether processes of the city call each other by mutual TLS. */
  public boolean isOn() {
    return credentials.isPresent();
  }

  /**
   * Makes a client one for HTTP within the city: where an address begins with https it shows the
   * certificate, and takes only a server of the city's authority under the name that it called.
   * Where calls are in the clear the options stay as they are.
   */
  public HttpClientOptions within(HttpClientOptions options) {
    credentials.ifPresent(present -> present.secure(options));
    return options;
  }

  /** Empty where calls are in the clear. */
  Optional<Credentials> credentials() {
    return credentials;
  }
}
