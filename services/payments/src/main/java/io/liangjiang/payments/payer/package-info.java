/**
 * Who holds the phone that pays: the citizen, or a delegate in the citizen's name, and how the
 * channel's super-app knows them. Whoever begins an attempt to collect money asks here first. What
 * is paid, and whose money it is, does not belong here.
 */
@NullMarked
package io.liangjiang.payments.payer;

import org.jspecify.annotations.NullMarked;
