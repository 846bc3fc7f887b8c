/**
 * How calls reach all replicas of a service. Clients keep their connections for ever, so a replica
 * that is new would get no call before another one ends; every service's gRPC server can make its
 * clients look again. Where they look, and that they take turns, is configuration of the client.
 */
@NullMarked
package io.liangjiang.platform.spread;

import org.jspecify.annotations.NullMarked;
