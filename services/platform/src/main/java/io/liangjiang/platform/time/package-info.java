/**
 * The clock as a bean, so that tests can move it. Everything that asks what time it is asks {@link
 * java.time.InstantSource}. Calendars and time zones are a domain's own matter.
 */
@NullMarked
package io.liangjiang.platform.time;

import org.jspecify.annotations.NullMarked;
