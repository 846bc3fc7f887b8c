/**
 * Calls to other services: every one has a deadline and carries either this service's own token or
 * the citizen's. Used through Quarkus' injected gRPC stubs. Retrying is the caller's decision,
 * because only the caller knows what may be repeated.
 */
@NullMarked
package io.liangjiang.platform.calls;

import org.jspecify.annotations.NullMarked;
