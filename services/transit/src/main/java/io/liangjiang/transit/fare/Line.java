package io.liangjiang.transit.fare;

/**
 * A line; a route of the feed.
 *
 * @param lineId id in the feed
 * @param name what is written on the vehicle
 * @param description from where to where
 * @param networkId network whose fare leg rules apply
 * @param networkName the network's name
 * @param operatorId organisation that runs it and merchant that is paid
 */
public record Line(
    String lineId,
    String name,
    String description,
    String networkId,
    String networkName,
    String operatorId) {}
