/**
 * Events between services: an outbox written in the transaction of what happened, served as a gRPC
 * stream with a cursor, and consumers that store the cursor in the transaction of the effect, so
 * that effects happen once. A service needs nothing but its database for it. Payload messages
 * belong to the domains.
 */
@NullMarked
package io.liangjiang.platform.events;

import org.jspecify.annotations.NullMarked;
