package io.liangjiang.transit.fare;

/**
 * What one boarding costs, and why.
 *
 * @param line the line
 * @param product the product that applied
 * @param explanation one sentence for the citizen
 */
public record Fare(Line line, FareProduct product, String explanation) {}
