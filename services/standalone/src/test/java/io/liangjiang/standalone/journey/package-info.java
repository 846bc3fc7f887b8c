/**
 * Journeys over real processes: what a citizen does in a day, with everything that can be cut off
 * on the way. They see the city through its public routes, and end with the books. What one service
 * does alone is tested in that service.
 */
@NullMarked
package io.liangjiang.standalone.journey;

import org.jspecify.annotations.NullMarked;
