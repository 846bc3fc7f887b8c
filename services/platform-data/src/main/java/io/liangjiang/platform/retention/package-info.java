/**
 * What every service writes with each request and does not need for ever: events that were told and
 * requests that are remembered. A sweep deletes what is older than its retention, in small batches,
 * one replica at a time. Tables of the domains, and how long those are kept, belong to the
 * services.
 */
@NullMarked
package io.liangjiang.platform.retention;

import org.jspecify.annotations.NullMarked;
