/**
 * The hospitals' service: what all its features share, which is the list of its refusals and its
 * settings. Used by every package below it. What belongs to one feature is in that feature's
 * package.
 */
@NullMarked
package io.liangjiang.healthcare;

import org.jspecify.annotations.NullMarked;
