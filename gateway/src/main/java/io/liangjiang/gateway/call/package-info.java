/**
 * Calls to the services: which channel, how long, how often, and when to give up. The edge starts a
 * call and gets a message or a gRPC status; a call that can be repeated safely is repeated while a
 * service is away. Nothing here knows HTTP.
 */
@NullMarked
package io.liangjiang.gateway.call;

import org.jspecify.annotations.NullMarked;
