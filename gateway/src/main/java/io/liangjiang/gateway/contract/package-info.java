/**
 * The one list of services that the gateway offers. A new service of a contract becomes reachable
 * by one line in {@link io.liangjiang.gateway.contract.Contracts}; a new RPC by none. Nothing else
 * belongs here.
 */
@NullMarked
package io.liangjiang.gateway.contract;

import org.jspecify.annotations.NullMarked;
