/**
 * Money: the ledger and everything that is booked in it. Citizens, merchants' staff and the other
 * services use it through the contracts in liangjiang.payments.v1. What is paid for (a trip, an
 * appointment) is known here only as a reference.
 */
@NullMarked
package io.liangjiang.payments;

import org.jspecify.annotations.NullMarked;
