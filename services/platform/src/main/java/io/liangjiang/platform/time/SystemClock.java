package io.liangjiang.platform.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * The machine's clock, moved by what a development city is told, unless another InstantSource bean
 * is there.
 */
@Singleton
public class SystemClock {
  @Produces
  @DefaultBean
  @Singleton
  InstantSource system(ClockSettings settings) {
    return InstantSource.offset(InstantSource.system(), settings.offset());
  }
}
