/**
 * Buying trips: the contract's TripService, the people trips are for, the payment order behind each
 * trip, and the sweep and the events that finish what a lost connection left undone. Calls to
 * identity and payments are made here and never inside a transaction. What a step does to a trip is
 * the trip package's matter.
 */
@NullMarked
package io.liangjiang.tourism.purchase;

import org.jspecify.annotations.NullMarked;
