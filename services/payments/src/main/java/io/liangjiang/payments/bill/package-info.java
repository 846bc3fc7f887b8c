/**
 * The channels' daily bills as they were imported, and the business days they belong to. The
 * reconciliation brings them here and matches them; the closing of a day asks whether they are all
 * there. The files' formats belong to the channels.
 */
@NullMarked
package io.liangjiang.payments.bill;

import org.jspecify.annotations.NullMarked;
