package io.liangjiang.healthcare.appointment;

import java.util.UUID;

/**
 * Who is to be seen.
 *
 * @param patientId a citizen's or a dependant's id
 * @param name as identity tells it; empty when it tells none
 */
record Patient(UUID patientId, String name) {}
