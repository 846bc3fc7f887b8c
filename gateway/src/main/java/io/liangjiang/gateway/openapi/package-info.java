/**
 * The OpenAPI document, derived from the same routes that are served and from the comments of the
 * contracts. Made once at the first request and compared in a test with the committed snapshot, so
 * that a change of the API shows in review. Only documentation: nothing here decides how a request
 * is served.
 */
@NullMarked
package io.liangjiang.gateway.openapi;

import org.jspecify.annotations.NullMarked;
