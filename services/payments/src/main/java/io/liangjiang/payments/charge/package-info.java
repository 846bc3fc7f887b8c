/**
 * Charges: money that a service takes from a wallet under the citizen's standing agreement, as for
 * a bus ride. Services use it through the contract. Trying again after PAY_FAIL is the service's
 * own affair.
 */
@NullMarked
package io.liangjiang.payments.charge;

import org.jspecify.annotations.NullMarked;
