/**
 * Payouts: settled money on its way to merchants' banks, set aside in the books first and gone or
 * back when the bank has spoken. Administrators run them. What a merchant is owed is reckoned by
 * settlements, not here.
 */
@NullMarked
package io.liangjiang.payments.payout;

import org.jspecify.annotations.NullMarked;
