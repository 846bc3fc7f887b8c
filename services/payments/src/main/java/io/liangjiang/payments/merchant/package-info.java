/**
 * Merchants: who is paid, and on what terms. Administrators keep them; orders and charges ask here
 * for the account that money goes to. What is booked on those terms is no part of it.
 */
@NullMarked
package io.liangjiang.payments.merchant;

import org.jspecify.annotations.NullMarked;
