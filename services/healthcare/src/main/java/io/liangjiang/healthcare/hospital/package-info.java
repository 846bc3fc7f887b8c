/**
 * Hospitals, departments and schedules as files ship them, and the public lists of them and of
 * their slots. Used by citizens who look for a doctor. Making slots and taking numbers do not
 * belong here.
 */
@NullMarked
package io.liangjiang.healthcare.hospital;

import org.jspecify.annotations.NullMarked;
