/**
 * Lines and fares: the transit feed, and what a boarding costs. Words after GTFS Fares v2; taps ask
 * for a fare, the apps list lines. What a citizen rode and whether it is paid does not belong here.
 */
@NullMarked
package io.liangjiang.transit.fare;

import org.jspecify.annotations.NullMarked;
