package io.liangjiang.sandbox.sealed;

/**
 * How a server fails on order.
 *
 * @param fails it answers 500 and does nothing
 * @param losesAnswers it does what it was asked and cuts the connection
 */
public record Trouble(boolean fails, boolean losesAnswers) {}
