/**
 * Taps: what readers in vehicles saw, handed in late, twice and in any order, judged as of their
 * own time and made into rides. Operators upload them. Charging a ride does not belong here.
 */
@NullMarked
package io.liangjiang.transit.tap;

import org.jspecify.annotations.NullMarked;
