/**
 * Places that many want and few get: pools of equal places, holds that expire, bookings. Used by
 * every service that sells or gives out something limited in time; an owner is any UUID of theirs,
 * a pool any name of theirs. What is reserved, by whom and under which rules does not belong here.
 */
@NullMarked
package io.liangjiang.platform.reservation;

import org.jspecify.annotations.NullMarked;
