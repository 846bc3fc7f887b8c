/**
 * Failures as an HTTP client sees them: problem details (RFC 9457) with a stable reason. The edge
 * hands every failure to {@link io.liangjiang.gateway.problem.Problems}, which knows our own
 * refusals and the google.rpc.Status of services. Nothing here knows a route or a domain.
 */
@NullMarked
package io.liangjiang.gateway.problem;

import org.jspecify.annotations.NullMarked;
