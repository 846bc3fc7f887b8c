/**
 * The city's clock for merchants' money: each day at its time what is due is settled and paid out,
 * by one replica, and days that were missed are made up for. How a merchant is settled and paid
 * belongs to the settlement and payout packages.
 */
@NullMarked
package io.liangjiang.payments.schedule;

import org.jspecify.annotations.NullMarked;
