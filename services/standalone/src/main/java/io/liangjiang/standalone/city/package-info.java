/**
 * The whole city on one machine: PostgreSQL, every service, their secrets, ports and settings,
 * started together and ended in order. The launcher uses it for {@code make run}, the journeys for
 * their tests. No rule of the city's life belongs here, and no service is known here by more than
 * its address and settings.
 */
@NullMarked
package io.liangjiang.standalone.city;

import org.jspecify.annotations.NullMarked;
