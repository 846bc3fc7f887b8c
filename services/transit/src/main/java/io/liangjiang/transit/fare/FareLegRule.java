package io.liangjiang.transit.fare;

/**
 * Which product a leg costs.
 *
 * @param networkId network of the leg; empty for every network that no rule names
 * @param fareProductId the product
 * @param rulePriority the highest wins
 */
public record FareLegRule(String networkId, String fareProductId, int rulePriority) {}
