/**
 * Business days and their closing: what is still open, who closed a day, and its totals. Auditors
 * use it. That nothing is written into a closed day is the database's own rule.
 */
@NullMarked
package io.liangjiang.payments.closing;

import org.jspecify.annotations.NullMarked;
