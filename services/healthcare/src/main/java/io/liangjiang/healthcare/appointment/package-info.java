/**
 * Appointments: a number taken for a patient, its fee, its cancelling, the check-in and what
 * becomes of it by itself. Used by citizens and by the hospitals' desks; it calls identity about
 * patients and payments about fees. What a slot is and when it may be booked belongs to the slots
 * and to the rules.
 */
@NullMarked
package io.liangjiang.healthcare.appointment;

import org.jspecify.annotations.NullMarked;
