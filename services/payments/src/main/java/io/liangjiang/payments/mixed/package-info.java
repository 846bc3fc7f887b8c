/**
 * Paying by insurance and cash: one attempt from the bureau's split to its end, whatever becomes of
 * each part. Orders begin attempts and book what was paid; the bureau's and the channel's protocols
 * belong to their own packages. What must hold: all is paid, or nothing is kept.
 */
@NullMarked
package io.liangjiang.payments.mixed;

import org.jspecify.annotations.NullMarked;
