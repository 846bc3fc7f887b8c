/**
 * The routes of the city, read from the contracts at start-up: every RPC with a google.api.http
 * option is one or more. The edge asks {@link io.liangjiang.gateway.route.Routes} for the route of
 * a request, and the OpenAPI document lists them. No handler and no HTTP library here: paths are
 * strings.
 */
@NullMarked
package io.liangjiang.gateway.route;

import org.jspecify.annotations.NullMarked;
