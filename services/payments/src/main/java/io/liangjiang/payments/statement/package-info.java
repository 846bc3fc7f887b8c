/**
 * Statements as files: a citizen's wallet, a merchant's account, over a range of days. Read-only;
 * what is booked, and why, belongs to the other features.
 */
@NullMarked
package io.liangjiang.payments.statement;

import org.jspecify.annotations.NullMarked;
