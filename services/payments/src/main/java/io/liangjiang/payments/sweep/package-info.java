/**
 * The one way in which scheduled steps go through what is due: one after the other, and what fails
 * is said and left for the next time. What is due, and what is done about it, is the sweeps' own.
 */
@NullMarked
package io.liangjiang.payments.sweep;

import org.jspecify.annotations.NullMarked;
