/**
 * Merchants: who is paid. Orders and charges ask here for the account that money goes to.
 * Settlement and payout are no part of it yet.
 */
@NullMarked
package io.liangjiang.payments.merchant;

import org.jspecify.annotations.NullMarked;
