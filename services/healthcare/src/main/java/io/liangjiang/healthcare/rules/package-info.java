/**
 * The hospitals' published rules as arithmetic: when a number can be booked, who may book it, until
 * when it can be given back, when a patient can check in. Used by the slots that are shown and by
 * the appointments that are made. Plain Java without clock, database or framework; every rule's
 * figures are data that a hospital ships.
 */
@NullMarked
package io.liangjiang.healthcare.rules;

import org.jspecify.annotations.NullMarked;
