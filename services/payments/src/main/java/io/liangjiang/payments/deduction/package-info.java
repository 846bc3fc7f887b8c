/**
 * What is taken off a merchant's payments: the city's fee and the shares of other merchants. Orders
 * and charges ask here what to book beside a payment or a refund. Paying merchants out is no part
 * of it.
 */
@NullMarked
package io.liangjiang.payments.deduction;

import org.jspecify.annotations.NullMarked;
