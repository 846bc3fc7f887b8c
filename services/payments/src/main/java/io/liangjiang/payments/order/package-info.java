/**
 * Payment orders: created by a service, paid by a citizen, refunded to where the money came from.
 * Services and citizens use them through the contract. What an order is for is known only to the
 * service that created it.
 */
@NullMarked
package io.liangjiang.payments.order;

import org.jspecify.annotations.NullMarked;
