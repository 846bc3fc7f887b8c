/**
 * The daily reconciliation: fetches bills, has them matched and keeps every difference as a break
 * until it heals or somebody resolves it. The closing of days asks here what is open. What a
 * difference is belongs to the match.
 */
@NullMarked
package io.liangjiang.payments.reconcile;

import org.jspecify.annotations.NullMarked;
