/**
 * Collecting money through a channel: one attempt from the prepayment to the channel's final word,
 * whether a call-back brings it or the sweep asks for it. Wallets and orders begin attempts and
 * book what was collected. The protocol of a channel belongs to the channel package.
 */
@NullMarked
package io.liangjiang.payments.collect;

import org.jspecify.annotations.NullMarked;
