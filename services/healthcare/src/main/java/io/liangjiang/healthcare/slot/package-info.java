/**
 * Slots: made from the schedules for the days to come, shown with a status derived from rules and
 * reservations. Used by the hospitals' lists and by the appointments, which take numbers of them.
 * Who has a number does not belong here.
 */
@NullMarked
package io.liangjiang.healthcare.slot;

import org.jspecify.annotations.NullMarked;
