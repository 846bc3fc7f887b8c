/**
 * The three-way match of one channel and day: bill, payment order or refund, ledger. The
 * reconciliation runs it and keeps what it finds. It changes nothing.
 */
@NullMarked
package io.liangjiang.payments.match;

import org.jspecify.annotations.NullMarked;
