/**
 * Makes the protobuf request of an HTTP request: body, path, query and Idempotency-Key, each
 * checked by its field's type. The edge hands over strings and bytes and gets a message or a
 * refusal that names every wrong field. What a value means is the service's to judge.
 */
@NullMarked
package io.liangjiang.gateway.request;

import org.jspecify.annotations.NullMarked;
