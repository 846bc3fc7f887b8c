/**
 * Trips: what is bought together, its states, and the steps from one state to the next, each in one
 * transaction. Purchases and the payment events drive it. Calls to other services do not belong
 * here.
 */
@NullMarked
package io.liangjiang.tourism.trip;

import org.jspecify.annotations.NullMarked;
