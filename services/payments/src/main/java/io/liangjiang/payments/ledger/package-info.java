/**
 * The double-entry ledger: accounts, transfers, the trial balance. The rest of payments posts
 * through {@link io.liangjiang.payments.ledger.Journal} inside its own transactions, other services
 * through the contract. It knows no wallet, order or channel.
 */
@NullMarked
package io.liangjiang.payments.ledger;

import org.jspecify.annotations.NullMarked;
