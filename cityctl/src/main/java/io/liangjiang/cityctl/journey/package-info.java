/**
 * Tries a city as a citizen does, over the gateway only: for {@code helm test} and for operators
 * after a change. With the simulated outside world it plays a whole day; in production it asks what
 * everybody may and leaves nothing behind.
 */
@NullMarked
package io.liangjiang.cityctl.journey;

import org.jspecify.annotations.NullMarked;
