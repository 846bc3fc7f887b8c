package io.liangjiang.transit.fare;

/**
 * What one rider category pays.
 *
 * @param fareProductId id in the feed
 * @param name the product's name
 * @param riderCategory who pays this, for example "adult"
 * @param amountMinor minor units, zero or more
 * @param currencyCode ISO 4217
 */
public record FareProduct(
    String fareProductId,
    String name,
    String riderCategory,
    long amountMinor,
    String currencyCode) {}
