package io.liangjiang.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How identity's endpoints for guests are passed through. */
@ConfigMapping(prefix = "liangjiang.gateway.passage")
public interface PassageSettings {
  /** Scheme, host and port of identity's HTTP, without a slash at the end. */
  @WithDefault("http://localhost:9001")
  String identityUrl();

  /** The longest form, in bytes. */
  @WithDefault("65536")
  int maxBodyBytes();

  /** How long identity may take to answer. */
  @WithDefault("10s")
  Duration timeout();
}
