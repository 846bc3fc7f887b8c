package io.liangjiang.identity.limit;

import java.time.Duration;

/**
 * How often something may be tried.
 *
 * @param name prefix of the counted keys
 * @param attempts allowed in a window
 * @param window how long a window is; it starts with the first attempt
 */
public record AttemptLimit(String name, int attempts, Duration window) {}
