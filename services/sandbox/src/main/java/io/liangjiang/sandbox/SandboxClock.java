package io.liangjiang.sandbox;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives everybody the same clock, so that a test can give another. */
final class SandboxClock {
  @Produces
  @Singleton
  InstantSource clock(SandboxConfig config) {
    return InstantSource.offset(InstantSource.system(), config.clockOffset());
  }
}
