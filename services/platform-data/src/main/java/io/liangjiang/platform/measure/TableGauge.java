package io.liangjiang.platform.measure;

/**
 * A question whose answer is a gauge. It must be one that an index answers: it is asked by every
 * replica, every half minute.
 *
 * @param name the metric's, with dots
 * @param description for the metric's help
 * @param tag name of the tag
 * @param sql yields a row for each value of the tag, also where the number is zero: the value as
 *     text, the number as bigint
 */
public record TableGauge(String name, String description, String tag, String sql) {}
