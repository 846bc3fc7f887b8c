/**
 * Calls to other services: every one has a deadline and carries either this service's own token or
 * the citizen's. Used through Quarkus' injected gRPC stubs. Deadlines and what gRPC repeats by
 * itself are in one service config, derived from the contracts; what goes on for longer is the
 * caller's decision.
 */
@NullMarked
package io.liangjiang.platform.calls;

import org.jspecify.annotations.NullMarked;
