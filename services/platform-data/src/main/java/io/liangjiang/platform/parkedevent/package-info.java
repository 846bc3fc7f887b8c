/**
 * What operators see of the events that this service put aside, and what they decide about them,
 * over gRPC. Every service has it from here. Putting aside and applying again belong to the
 * consumers of events.
 */
@NullMarked
package io.liangjiang.platform.parkedevent;

import org.jspecify.annotations.NullMarked;
