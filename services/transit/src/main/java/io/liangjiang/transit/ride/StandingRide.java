package io.liangjiang.transit.ride;

import java.time.Instant;
import java.util.UUID;

/**
 * What a ride that is known already says when another tap with its code arrives.
 *
 * @param rideId the ride
 * @param tapId the tap it is made from
 * @param boardTime when that was
 * @param isFixed true once it has been handed to payments: from then on it stands
 */
public record StandingRide(UUID rideId, UUID tapId, Instant boardTime, boolean isFixed) {}
