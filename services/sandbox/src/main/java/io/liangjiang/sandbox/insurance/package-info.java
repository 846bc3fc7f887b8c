/**
 * The insurance bureau, simulated: what an insured person allowed, how a bill is split, what was
 * settled and reversed, and the statement of a day. The city calls it over HTTP with sealed
 * requests; the payment channel next door has it settle. The channel's own orders do not belong
 * here.
 */
package io.liangjiang.sandbox.insurance;
