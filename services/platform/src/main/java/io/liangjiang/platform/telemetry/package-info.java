/**
 * Traces of OpenTelemetry: when they run, and what may not be in them. Every process of the city
 * has it by having the platform on its path. Which spans there are is Quarkus' work; metrics are
 * counted where things happen.
 */
@NullMarked
package io.liangjiang.platform.telemetry;

import org.jspecify.annotations.NullMarked;
