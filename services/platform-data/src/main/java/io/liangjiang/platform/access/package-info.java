/**
 * Access records: who read which kind of a citizen's personal data, and why. Each service writes
 * its own in the transaction of the reading and serves them over the common contract. Reading one's
 * own data leaves no record.
 */
@NullMarked
package io.liangjiang.platform.access;

import org.jspecify.annotations.NullMarked;
