/**
 * Settlements: what the city owes each merchant by the business day, folded from the journal.
 * Administrators run them; payouts pay what they come to. Moving money is no part of it.
 */
@NullMarked
package io.liangjiang.payments.settlement;

import org.jspecify.annotations.NullMarked;
