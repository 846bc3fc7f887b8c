/**
 * HTTP itself: admits a request, finds out who calls, takes the body, answers. Quarkus' router
 * hands every request to {@link io.liangjiang.gateway.edge.Transcoder}; the few documents for
 * machines are beside it. No route of the city is written down here, and no step blocks the event
 * loop.
 */
@NullMarked
package io.liangjiang.gateway.edge;

import org.jspecify.annotations.NullMarked;
