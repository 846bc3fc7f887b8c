/**
 * Work that takes a processor for milliseconds, kept off the event loop in bounded queues, and the
 * way back. Signing and password hashing use it. Waiting for something else does not belong here.
 */
@NullMarked
package io.liangjiang.identity.work;

import org.jspecify.annotations.NullMarked;
